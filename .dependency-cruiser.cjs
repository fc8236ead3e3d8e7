/**
 * Who may import whom (docs/adr/0001-layers.md). Everything not allowed here is refused; cycles are refused; `import type` counts.
 */
const own = (from, to, packages = []) => [
  { from: { path: from }, to: { path: to } },
  ...(packages.length ? [{ from: { path: from }, to: { path: packages.map((p) => `node_modules/${p}(/|$)`) } }] : []),
]
const ports = '^server/src/ports/'
const shared = '^shared/'
const model = '^shared/model/'
const domain = '^server/src/domain/'
const node = (from) => ({ from: { path: from }, to: { dependencyTypes: ['core'] } })

module.exports = {
  allowedSeverity: 'error',
  allowed: [
    ...own('^shared/model/', [model]),
    ...own('^shared/contract/', [model, '^shared/contract/'], ['zod', 'gcoord']),
    // mock-data: pure but for its entrances, which alone touch network and files.
    ...own(
      '^mock-data/(?!simulator\\.ts|history\\.ts|replay\\.ts|make-city\\.ts|entrances/)',
      ['^mock-data/(?!simulator\\.ts|history\\.ts|replay\\.ts|make-city\\.ts|entrances/)', shared],
      ['ngraph\\.graph', 'ngraph\\.path', '@turf/[^/]+', 'luxon', '@types/.*', 'zod', 'csv-parse', 'pbf', 'proj4'],
    ),
    ...own(
      '^mock-data/(simulator\\.ts|history\\.ts|replay\\.ts|make-city\\.ts|entrances/)',
      ['^mock-data/', shared],
      [
        ...[
          'csv-parse',
          'luxon',
          'mqtt',
          'socket\\.io-client',
          'zod',
          '@turf/[^/]+',
          'fast-xml-parser',
          '@types/.*',
          'pbf',
        ],
        ...['read-excel-file', 'write-excel-file'],
      ],
    ),
    node('^mock-data/(simulator\\.ts|history\\.ts|replay\\.ts|make-city\\.ts|entrances/)'),
    ...own('^server/src/domain/', [domain, model]),
    ...own('^server/src/ports/', [ports, domain, shared]),
    ...own(
      '^server/src/doors/',
      ['^server/src/doors/', ports, shared],
      ['express', 'aedes', 'fast-xml-parser', 'zod', '@types/.*'],
    ),
    node('^server/src/doors/'),
    ...own('^server/src/(intake|engine)/', [ports, domain, shared]),
    ...own('^server/src/intake/', ['^server/src/intake/']),
    ...own('^server/src/engine/', ['^server/src/engine/'], ['canonicalize']),
    node('^server/src/engine/'),
    ...own(
      '^server/src/store/',
      ['^server/src/store/', ports, domain, shared],
      ['pg', '@electric-sql/pglite', '@types/pg', 'canonicalize', 'luxon', '@types/luxon'],
    ),
    node('^server/src/store/'),
    ...own(
      '^server/src/city/',
      ['^server/src/city/', ports, shared],
      [
        '@turf/[^/]+',
        'flatbush',
        'pinyin-pro',
        'zod',
        '@types/.*',
        '@maplibre/geojson-vt',
        '@maplibre/vt-pbf',
        '@maplibre/maplibre-gl-style-spec',
      ],
    ),
    node('^server/src/city/'),
    ...own(
      '^server/src/realtime/',
      ['^server/src/realtime/', '^server/src/access/', ports, domain, shared],
      ['socket\\.io', 'zod'],
    ),
    node('^server/src/realtime/'),
    ...own(
      '^server/src/http/',
      ['^server/src/http/', '^server/src/access/', ports, domain, shared],
      ['express', 'helmet', 'zod', 'luxon', '@types/.*'],
    ),
    node('^server/src/http/'),
    // What is made of the numbers for people to keep: forecasts, tables, papers, bulletins.
    ...own(
      '^server/src/reports/',
      ['^server/src/reports/', '^server/src/access/', ports, domain, shared],
      ['luxon', '@types/.*', 'write-excel-file', 'pdfkit', 'subset-font', 'nodemailer', '@fontsource-variable/.*'],
    ),
    node('^server/src/reports/'),
    ...own('^server/src/access/', ['^server/src/access/', ports, shared], ['@node-rs/argon2', 'zod']),
    node('^server/src/access/'),
    ...own(
      '^server/src/platform/',
      ['^server/src/platform/', ports, shared],
      ['pino', 'prom-client', 'luxon', 'canonicalize', '@types/.*'],
    ),
    node('^server/src/platform/'),
    // The composition roots (of the present, and of a past that is lived) and the process's edges know every room.
    ...own(
      '^server/src/((main|app|config|verify-log|live-history)\\.ts$|past/)',
      ['^server/src/', shared],
      ['zod', 'express', '@types/.*'],
    ),
    node('^server/src/((main|app|config|verify-log|live-history)\\.ts$|past/)'),
    ...own('^client/src/connection/', ['^client/src/connection/', shared], ['socket\\.io-client', 'zod']),
    ...own('^client/src/stores/', ['^client/src/stores/', shared], ['vue', 'pinia']),
    ...own('^client/src/map/', ['^client/src/map/', '^client/src/fonts/', model], ['vue', 'maplibre-gl', '@types/.*']),
    { from: { path: '^(client/src/map|server/src/city|mock-data)/' }, to: { path: '^geojson$' } },
    ...own(
      '^client/src/charts/',
      ['^client/src/charts/', '^client/src/fonts/', model],
      ['vue', 'echarts', 'vue-echarts'],
    ),
    ...own(
      '^client/src/composables/',
      ['^client/src/composables/', '^client/src/locales/', model],
      ['vue', 'vue-i18n', '@vueuse/core'],
    ),
    ...own('^client/src/locales/', ['^client/src/locales/', model], ['vue-i18n']),
    ...own(
      '^client/src/components/',
      ['^client/src/components/', '^client/src/composables/', '^client/src/charts/', '^client/src/map/', model],
      ['vue', 'vue-i18n', 'naive-ui', '@vueuse/core'],
    ),
    ...['wall', 'desk', 'kpi', 'duty', 'classes', 'sign-in'].flatMap((view) =>
      own(
        `^client/src/views/${view}/`,
        [
          `^client/src/views/${view}/`,
          '^client/src/views/use-[^/]+$',
          '^client/src/stores/',
          '^client/src/components/',
          '^client/src/map/',
          '^client/src/charts/',
          '^client/src/composables/',
          shared,
        ],
        ['vue', 'vue-i18n', 'vue-router', 'naive-ui', '@vueuse/core', 'pinia'],
      ),
    ),
    // What the pages have in common, beside their folders.
    ...own('^client/src/views/use-[^/]+$', ['^client/src/(stores|composables)/'], ['vue', 'vue-router']),
    // The gallery shows what the pages are made of, and knows no server.
    ...own(
      '^client/src/design/',
      [
        '^client/src/(design|views|components|charts|composables|locales|stores|styles|fonts)/',
        '^client/src/app/naive-theme\\.ts$',
        shared,
      ],
      ['vue', 'vue-i18n', 'pinia', 'naive-ui'],
    ),
    // Wiring: the only place that knows connection and stores.
    ...own(
      '^client/src/(app/|main\\.ts)',
      ['^client/src/(?!design/)', shared],
      ['vue', 'vue-router', 'pinia', 'vue-i18n', 'naive-ui', '@fontsource-variable/.*', 'maplibre-gl', '@vueuse/core'],
    ),
    ...own('^tests/', [
      '^tests/',
      '^server/',
      '^client/',
      shared,
      '^mock-data/',
      '^scripts/',
      'node_modules/',
      '^vite\\.config',
    ]),
    node('^tests/'),
    { from: { path: '^scripts/' }, to: {} },
  ],
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nobody-imports-tests', severity: 'error', from: { pathNot: '^tests/' }, to: { path: '^tests/' } },
    {
      name: 'nobody-imports-mock-data',
      severity: 'error',
      from: { pathNot: '^(mock-data|tests)/' },
      to: { path: '^mock-data/' },
    },
    // `geojson` is a package of types alone: there is nothing to resolve.
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^geojson$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(tests/architecture/planted|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'types', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
}
