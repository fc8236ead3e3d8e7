/** Both languages, whole. Chinese first; what a key lacks is a failing test, never a silent fallback. */
import { createI18n } from 'vue-i18n'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const languages = ['zh-CN', 'en'] as const
export type LanguageCode = (typeof languages)[number]

export function makeI18n(locale: LanguageCode = 'zh-CN') {
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: false,
    messages: { 'zh-CN': zhCN, en },
    missingWarn: true,
    fallbackWarn: false,
  })
}
