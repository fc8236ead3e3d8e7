/** Words of the desk's forms and sheets: reports upwards, the run sheet, what a mode changes. */
export const deskForms = {
  report: {
    title: '信息报送',
    owed: '应报未报',
    which: '报送类型',
    write: '写信息报送',
    send: '报送',
    dueAt: '{time} 前',
    made: '{time} {by} 报 {to}',
    late: '迟报',
    body: '内容',
    to: '报送对象',
    missing: '尚缺：{fields}',
    fields: {
      nature: '性质',
      scope: '影响范围',
      losses: '初步损失（伤亡）',
      trend: '发展趋势',
      leaders: '领导到位情况',
      measures: '已采取措施',
      advice: '建议',
    },
  },
}
