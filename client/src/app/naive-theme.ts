/** Ready-made controls (naive-ui) in our own look. They compute shades from colours, so they get numbers, not CSS variables. */
import type { GlobalThemeOverrides } from 'naive-ui'
import type { Theme } from '../stores/preferences.ts'

const palettes = {
  dark: {
    accent: '#9cc4bd',
    accentHover: '#b5d5cf',
    bg: '#0e1214',
    panel: '#151b1e',
    raised: '#1b2327',
    line: '#232b2f',
    text: '#e8edef',
    text2: '#a3b0b5',
    text3: '#7f8d95',
    p1: '#ff4d4f',
    p2: '#ff922b',
    p4: '#4dabf7',
    good: '#51cf66',
  },
  light: {
    accent: '#2f655d',
    accentHover: '#3f7d74',
    bg: '#f3f5f5',
    panel: '#ffffff',
    raised: '#edf1f1',
    line: '#dbe2e4',
    text: '#12181b',
    text2: '#455359',
    text3: '#5f6d73',
    p1: '#c9252b',
    p2: '#b34a00',
    p4: '#1763ad',
    good: '#21752f',
  },
} as const satisfies Record<Theme, Record<string, string>>

/** `scale` pixels to a unit of the page: controls grow with its letters. */
export function naiveTheme(theme: Theme, scale: number): GlobalThemeOverrides {
  const c = palettes[theme]
  const px = (units: number) => `${units * scale}px`
  const border = `1px solid ${c.line}`
  return {
    // In the dark a list that is closed would have no edge on the page's own ground.
    Select: { peers: { InternalSelection: { border, borderHover: `1px solid ${c.accentHover}` } } },
    common: {
      fontFamily: "'Noto Sans SC Variable', 'Noto Sans SC', system-ui, sans-serif",
      fontSize: px(14),
      fontSizeTiny: px(12),
      fontSizeSmall: px(14),
      fontSizeMedium: px(14),
      fontSizeLarge: px(15),
      heightTiny: px(22),
      heightSmall: px(28),
      heightMedium: px(34),
      heightLarge: px(40),
      borderRadius: px(4),
      primaryColor: c.accent,
      primaryColorHover: c.accentHover,
      primaryColorPressed: c.accent,
      primaryColorSuppl: c.accent,
      errorColor: c.p1,
      warningColor: c.p2,
      infoColor: c.p4,
      successColor: c.good,
      bodyColor: c.bg,
      cardColor: c.panel,
      modalColor: c.panel,
      popoverColor: c.raised,
      tableColor: c.panel,
      tableHeaderColor: c.raised,
      inputColor: c.bg,
      borderColor: c.line,
      dividerColor: c.line,
      textColorBase: c.text,
      textColor1: c.text,
      textColor2: c.text,
      textColor3: c.text2,
      placeholderColor: c.text3,
      iconColor: c.text2,
    },
  }
}
