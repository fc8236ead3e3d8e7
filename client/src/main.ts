/** Puts the page together: stores, words, addresses, connection; then shows it. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createWebHistory } from 'vue-router'
import './fonts/words/words.css'
import './styles/tokens.css'
import './styles/base.css'
import App from './app/App.vue'
import { makeRouter } from './app/router.ts'
import { startWiring } from './app/wiring.ts'
import { makeI18n } from './locales/i18n.ts'
import { usePreferencesStore } from './stores/preferences.ts'

const app = createApp(App)
app.use(createPinia())
app.use(makeI18n(usePreferencesStore().language))
const router = makeRouter(createWebHistory())

// Who is signed in decides which page is the first, so it is asked before any is drawn.
await startWiring({
  router,
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now(),
  isStranger: document.documentElement.dataset['session'] === 'none',
})
app.use(router)
await router.isReady()
app.mount('#app')
