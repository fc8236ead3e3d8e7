/// <reference types="vitest/config" />
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

// Tests of whole programs and of a browser, on a busy machine, have one more try (`retry: 1`), which is named at the end of the run.
const slow = { testTimeout: 120_000, hookTimeout: 120_000 }
const node = {
  environment: 'node',
  setupFiles: ['tests/support/quiet.ts'],
  globalSetup: ['tests/support/build-server.ts'],
}

/** `/design` of `npm run dev`: the gallery has an entrance of its own, which the build for use does not take in. */
const designAddress: Plugin = {
  name: 'design-address',
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      request.url = request.url?.replace(/^\/design(?=\?|$)/, '/design.html')
      next()
    })
  },
}

/** The client's build, and every kind of test. The server's build is in scripts/build.mjs. */
export default defineConfig({
  root: 'client',
  base: '/',
  publicDir: 'public',
  plugins: [vue(), designAddress],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 1600,
    // A piece of the font in the style sheet would be sent to those who do not need it.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'map', test: /node_modules[\\/](maplibre-gl|@maplibre|@mapbox)/ },
            { name: 'charts', test: /node_modules[\\/](echarts|zrender|vue-echarts)/ },
          ],
        },
      },
    },
  },
  test: {
    root: '.',
    // `npm run coverage`: the pure rules, by the unit tests alone. What is reached is kept.
    coverage: {
      provider: 'v8',
      include: ['server/src/domain/**/*.ts'],
      reporter: ['text-summary', 'json'],
      reportsDirectory: 'dist/coverage',
      thresholds: { branches: 100 },
    },
    projects: [
      {
        extends: true,
        test: {
          root: '.',
          name: 'unit',
          include: ['tests/{unit,architecture}/**/*.test.ts'],
          testTimeout: 30_000,
          ...node,
        },
      },
      {
        extends: true,
        test: { root: '.', name: 'contract', include: ['tests/contract/**/*.test.ts'], ...slow, ...node },
      },
      { extends: true, test: { root: '.', name: 'store', include: ['tests/store/**/*.test.ts'], ...slow, ...node } },
      {
        extends: true,
        test: { root: '.', name: 'scenario', include: ['tests/scenario/**/*.test.ts'], ...slow, retry: 1, ...node },
      },
      {
        extends: true,
        test: {
          root: '.',
          name: 'component',
          include: ['tests/component/**/*.test.ts'],
          environment: 'happy-dom',
          setupFiles: ['tests/support/quiet.ts'],
        },
      },
      {
        extends: true,
        test: {
          root: '.',
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          ...slow,
          testTimeout: 300_000,
          fileParallelism: false,
          retry: 1,
          ...node,
        },
      },
    ],
  },
})
