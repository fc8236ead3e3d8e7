/**
 * The city's case classes as GeoReport services, with the questions a few of them ask.
 */
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { Term } from '../../../../shared/model/transition.ts'
import type { Row } from './reply.ts'

export type Language = 'zh' | 'en'

export interface ServiceAttribute {
  readonly code: string
  readonly question: Term
  readonly values: readonly { readonly key: string; readonly name: Term }[]
}

/** Questions by a keyword of the class: what an officer must know before sending a crew. None is mandatory. */
const questions: readonly { readonly keyword: string; readonly attribute: ServiceAttribute }[] = [
  {
    keyword: '积水',
    attribute: {
      code: 'DEPTH',
      question: { zh: '积水多深', en: 'How deep is the water' },
      values: [
        { key: 'ankle', name: { zh: '没过脚踝', en: 'To the ankle' } },
        { key: 'knee', name: { zh: '没过膝盖', en: 'To the knee' } },
        { key: 'car', name: { zh: '车辆熄火或被困', en: 'Cars stall or are trapped' } },
      ],
    },
  },
  {
    keyword: '树木',
    attribute: {
      code: 'BLOCKS',
      question: { zh: '是否阻断道路', en: 'Does it block the road' },
      values: [
        { key: 'no', name: { zh: '未阻断', en: 'No' } },
        { key: 'part', name: { zh: '部分车道', en: 'Some lanes' } },
        { key: 'all', name: { zh: '全部车道', en: 'All lanes' } },
      ],
    },
  },
]

export const attributesOf = (caseClass: CaseClass): readonly ServiceAttribute[] =>
  questions.filter(({ keyword }) => caseClass.keywords.includes(keyword)).map(({ attribute }) => attribute)

export function serviceRow(caseClass: CaseClass, language: Language): Row {
  return {
    service_code: caseClass.code,
    service_name: caseClass.name[language],
    description: `${caseClass.group[language]} · ${caseClass.name[language]}`,
    metadata: attributesOf(caseClass).length > 0,
    type: 'realtime',
    keywords: caseClass.keywords.join(','),
    group: caseClass.group[language],
  }
}

/** `service_definition`, as JSON and as XML words it. */
export function serviceDefinition(caseClass: CaseClass, language: Language): { json: Row; xml: Row } {
  const attributes = attributesOf(caseClass).map((attribute, i) => ({
    variable: true,
    code: attribute.code,
    datatype: 'singlevaluelist',
    required: false,
    datatype_description: '',
    order: i + 1,
    description: attribute.question[language],
    values: attribute.values.map(({ key, name }) => ({ key, name: name[language] })),
  }))
  const nested = attributes.map((attribute) => ({ ...attribute, values: { value: attribute.values } }))
  return {
    json: { service_code: caseClass.code, attributes },
    xml: { service_code: caseClass.code, attributes: { attribute: nested } },
  }
}
