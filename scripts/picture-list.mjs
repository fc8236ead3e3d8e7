/** Which pictures there are, and the sheet that shows them all: data and words alone. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const sizes = [
  [1280, 720],
  [1920, 1080],
  [2560, 1440],
  [3840, 2160],
  [7680, 2160],
]
/** A desk is no video wall. */
const deskSizes = sizes.slice(0, 4)
export const scenes = ['overview', 'incidents', 'flood', 'requests', 'sensors', 'performance']
export const states = ['quiet', 'busy', 'flood', 'stale', 'offline']

const kpiReady = { analysis: '.heat .cell:not([disabled])' }
const kpi = (tab, more) => ({
  who: 'manager',
  path: `/kpi?period=7d&tab=${tab}`,
  ready: kpiReady[tab] ?? 'table tbody tr',
  ...more,
})
/** Pages at a desk: who opens which address, and what is there once its numbers are; `isWhole` with what lies below the fold. */
export const pages = [
  // No use, but whoever opens them on the wall can read them.
  { name: 'desk', who: 'duty', path: '/desk', ready: '[role=option]', chosen: true, sizes },
  kpi('overview', { name: 'kpi-overview', sizes }),
  ...['analysis', 'indicators', 'alarms', 'times'].map((tab) => kpi(tab, { name: `kpi-${tab}` })),
  kpi('analysis', { name: 'kpi-analysis-whole', isWhole: true, sizes: [[1920, 1080]] }),
  { name: 'duty', who: 'chief', path: '/duty', ready: 'main .panel' },
  { name: 'classes', who: 'duty', path: '/classes/E05', ready: '[role=treeitem]' },
  { name: 'sign-in', who: null, path: '/sign-in', ready: 'form' },
  { name: 'not-found', who: 'duty', path: '/nowhere', ready: 'h1' },
]
/** The sizes a page is meant for. */
export const sizesOf = ({ sizes: own, isWall }) => own ?? (isWall ? sizes : deskSizes)
/** Pages in each state of the city, languages and themes: the wall hangs in the dark. */
export const statePages = [
  { name: 'wall', who: 'wall', path: '/wall?scene=overview', themes: ['dark'] },
  { name: 'desk', who: 'duty', path: '/desk', themes: ['dark', 'light'] },
  { name: 'kpi', who: 'manager', path: '/kpi?period=today', themes: ['dark', 'light'] },
]
export const languages = ['zh-CN', 'en']
export const stateName = (state, page, language, theme) => ['state', state, page, language.slice(0, 2), theme].join('-')
export const sizedName = (name, [width, height]) => `${name}-${width}x${height}`

const line = (cells) => `| ${cells.join(' | ')} |`
function table(folder, heads, rows) {
  const cell = (name) => (existsSync(join(folder, `${name}.webp`)) ? `[![${name}](${name}.webp)](${name}.webp)` : '')
  const shown = rows.filter(([, names]) => names.some((name) => cell(name) !== ''))
  if (shown.length === 0) return []
  const body = shown.map(([head, names]) => line([head, ...names.map(cell)]))
  return [line(['', ...heads]), line(['', ...heads].map(() => '---')), ...body, '']
}

/** Writes the contact sheet of the pictures that are there. */
export function writeSheet(folder) {
  const words = sizes.map(([width, height]) => `${width} × ${height}`)
  const looks = languages.flatMap((language) => ['dark', 'light'].map((theme) => [language, theme]))
  const all = readdirSync(folder).filter((name) => /\.(webp|svg)$/.test(name))
  const bytes = all.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  const sized = (name) => [name, sizes.map((size) => sizedName(name, size))]
  const tables = [
    '## The wall',
    '',
    ...table(
      folder,
      words,
      scenes.map((scene) => sized(`wall-${scene}`)),
    ),
    '## Pages at a desk',
    '',
    ...table(
      folder,
      words,
      pages.filter(({ isWhole }) => !isWhole).map(({ name }) => sized(name)),
    ),
    '## Pages with what lies below the fold',
    '',
    ...table(
      folder,
      ['1920'],
      pages.filter(({ isWhole }) => isWhole).map(({ name, sizes: [size] }) => [name, [sizedName(name, size)]]),
    ),
    ...states.flatMap((state) => {
      const rows = statePages.map(({ name, themes }) => [
        name,
        looks.map(([language, theme]) => (themes.includes(theme) ? stateName(state, name, language, theme) : '')),
      ])
      const shown = table(
        folder,
        looks.map((look) => look.join(', ')),
        rows,
      )
      return shown.length === 0 ? [] : [`## The city: ${state}`, '', ...shown]
    }),
  ].join('\n')
  const others = all.filter((name) => !tables.includes(`(${name})`))
  const text = [
    '# Pictures',
    '',
    `Made by \`npm run pictures\` from a seeded city at an hour of its own, each state brought about through the program's own doors. Those wider than 2560 pixels are scaled down. ${all.length} pictures, ${(bytes / 1e6).toFixed(1)} MB.`,
    '',
    tables,
    '## Others',
    '',
    ...others.map((name) => `- [${name}](${name})`),
    '',
  ]
  writeFileSync(join(folder, 'README.md'), text.join('\n'))
}
