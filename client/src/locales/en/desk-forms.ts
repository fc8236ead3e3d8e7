/** Words of the desk's forms and sheets: reports upwards, the run sheet, what a mode changes. */
export const deskForms = {
  report: {
    title: 'Reports upwards',
    owed: 'Reports owed',
    which: 'Which report',
    write: 'Write a report',
    send: 'Send',
    dueAt: 'by {time}',
    made: '{time} by {by} to {to}',
    late: 'late',
    body: 'What it says',
    to: 'To whom',
    missing: 'Still missing: {fields}',
    fields: {
      nature: 'Nature',
      scope: 'Extent',
      losses: 'Losses so far (people)',
      trend: 'Where it is heading',
      leaders: 'Leaders on the spot',
      measures: 'Measures taken',
      advice: 'Advice',
    },
  },
}
