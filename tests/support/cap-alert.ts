/** A CAP 1.2 message of our own making, one element a line; each part can be given another text, or none. */
export interface CapParts {
  readonly identifier?: string
  readonly sender?: string
  readonly sent?: string
  readonly status?: string
  readonly msgType?: string
  /** Lines after `scope`. */
  readonly more?: string
  readonly scope?: string
  readonly infos?: readonly string[]
  readonly namespace?: string
}

export interface InfoParts {
  readonly language?: string
  readonly event?: string
  readonly headline?: string
  readonly severity?: string
  readonly expires?: string
  readonly parameters?: string
  readonly area?: string
}

export const capInfo = (over: InfoParts = {}): string =>
  `<info>
<language>${over.language ?? 'zh-CN'}</language>
<category>Met</category>
<event>${over.event ?? '暴雨'}</event>
<responseType>Prepare</responseType>
<urgency>Expected</urgency>
<severity>${over.severity ?? 'Severe'}</severity>
<certainty>Likely</certainty>
<effective>2026-07-01T08:00:00+08:00</effective>
<expires>${over.expires ?? '2026-08-02T08:00:00+08:00'}</expires>
<senderName>市气象台</senderName>
<headline>${over.headline ?? '市气象台发布暴雨橙色预警'}</headline>
<description>三小时内降雨量将达 50 毫米以上 &amp; 局地更多</description>
<instruction>避开低洼路段</instruction>
${over.parameters ?? ''}
${over.area ?? '<area><areaDesc>滨河一带</areaDesc><polygon>31.1,121.1 31.1,121.2 31.2,121.2 31.1,121.1</polygon><circle>31.2,121.7 2.5</circle></area>'}
</info>`

export const capAlert = (over: CapParts = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="${over.namespace ?? 'urn:oasis:names:tc:emergency:cap:1.2'}">
<identifier>${over.identifier ?? 'MET-1'}</identifier>
<sender>met@example.org</sender>
<sent>${over.sent ?? '2026-07-01T08:00:00+08:00'}</sent>
<status>${over.status ?? 'Actual'}</status>
<msgType>${over.msgType ?? 'Alert'}</msgType>
<scope>${over.scope ?? 'Public'}</scope>
${over.more ?? ''}
${(over.infos ?? [capInfo()]).join('\n')}
</alert>`.replace('met@example.org', over.sender ?? 'met@example.org')

export const referTo = (identifier: string, sent = '2026-07-01T08:00:00+08:00'): string =>
  `<references>met@example.org,${identifier},${sent}</references>`
