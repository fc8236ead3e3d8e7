/**
 * The gallery's own entrance, for those who make the pages: `/design` of `npm run dev`. It knows no server, and the pages that are built for use do
 * not know of it.
 */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '../fonts/words/words.css'
import '../styles/tokens.css'
import '../styles/base.css'
import { makeI18n } from '../locales/i18n.ts'
import { design as designEn } from '../locales/en/design.ts'
import { design as designZh } from '../locales/zh-CN/design.ts'
import DesignPage from './DesignPage.vue'

const i18n = makeI18n()
i18n.global.mergeLocaleMessage('zh-CN', { design: designZh })
i18n.global.mergeLocaleMessage('en', { design: designEn })
createApp(DesignPage).use(createPinia()).use(i18n).mount('#app')
