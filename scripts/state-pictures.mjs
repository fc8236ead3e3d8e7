/** Takes the pictures of the living city: every scene and page at every size, then wall, desk and KPI as the city goes from quiet to offline. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ingestKey, openPicturedCity, password } from './pictured-city.mjs'
import {
  deskSizes,
  languages,
  pages,
  scenes,
  sizedName,
  sizes,
  stateName,
  statePages,
  states,
} from './picture-list.mjs'
import { say } from './prepare.mjs'

const hours = { quiet: '2026-06-15T04:40:00+08:00', busy: '2026-06-15T10:10:00+08:00' }
/** A picture is at most this large, bytes, as long as its letters can be read. */
const mostBytes = 150_000
const widest = 2560

/** As WebP, scaled down to 2560 pixels, weaker until it is small. */
async function shoot(page, file) {
  const { width, height } = page.viewportSize()
  const devtools = await page.context().newCDPSession(page)
  for (const quality of [80, 65, 50, 40]) {
    const { data } = await devtools.send('Page.captureScreenshot', {
      format: 'webp',
      quality,
      clip: { x: 0, y: 0, width, height, scale: Math.min(1, widest / width) },
    })
    const bytes = Buffer.from(data, 'base64')
    if (bytes.length > mostBytes && quality > 40) continue
    writeFileSync(file, bytes)
    break
  }
  await devtools.detach()
}

/** Letters and charts are there, and what was still being asked for has come. */
async function settle(page) {
  await page.waitForLoadState('networkidle', { timeout: 20_000 }).catch(() => undefined)
  await page.waitForFunction(() => globalThis.document.fonts.status === 'loaded', null, { polling: 250 })
  await pause(1500)
}

async function open(browser, url, { who, path }, { size = [1920, 1080], language = 'zh-CN', theme = 'dark' } = {}) {
  const [width, height] = size
  const context = await browser.newContext({ viewport: { width, height }, locale: language })
  if (who !== null) {
    const data = { username: who, password }
    const answer = await context.request.post(`${url}/api/v1/session`, { data, headers: { origin: url } })
    if (!answer.ok()) throw new Error(`sign-in as ${who}: HTTP ${answer.status()}`)
  }
  await context.addInitScript((kept) => Object.assign(globalThis.localStorage, kept), {
    'tongguan.theme': theme,
    'tongguan.language': language,
  })
  const page = await context.newPage()
  // Maps are drawn by software here, on cores that others use, too.
  page.setDefaultTimeout(120_000)
  page.on('pageerror', (error) => say(`${path}: ${error.message}`))
  await page.goto(url + path)
  return page
}

/** The first case of the queue, looked at. */
async function choose(page) {
  await page.locator('[role=option][data-key^="incident"]').first().click()
  await page.locator('[data-verb]').first().waitFor({ timeout: 20_000 })
}

async function takeSized(browser, url, out, wants) {
  const take = async (page, name, all, prepare = async () => undefined) => {
    for (const size of all.filter((one) => wants(sizedName(name, one)))) {
      const [width, height] = size
      await page.setViewportSize({ width, height })
      await prepare()
      await settle(page)
      await shoot(page, join(out, `${sizedName(name, size)}.webp`))
      say(sizedName(name, size))
    }
    await page.context().close()
  }
  for (const scene of scenes) {
    const name = `wall-${scene}`
    if (!sizes.some((size) => wants(sizedName(name, size)))) continue
    const page = await open(browser, url, { who: 'wall', path: `/wall?scene=${scene}` })
    await page.locator('.lamp.live').waitFor({ timeout: 60_000 })
    // The picture is of the whole city, where its camera comes to rest within a round.
    const rest = () =>
      page
        .locator('.caption')
        .waitFor({ state: 'hidden', timeout: 45_000 })
        .catch(() => undefined)
    await take(page, name, sizes, rest)
  }
  for (const { name, ready, chosen, ...at } of pages) {
    if (!deskSizes.some((size) => wants(sizedName(name, size)))) continue
    try {
      const page = await open(browser, url, at)
      await page.locator(ready).first().waitFor()
      if (chosen) await choose(page)
      await take(page, name, deskSizes)
    } catch (error) {
      // One page that does not come does not cost the others.
      say(`${name}: ${error.message}`)
      process.exitCode = 1
    }
  }
}

const looksOf = (state, { name, themes }) =>
  languages.flatMap((language) =>
    themes.map((theme) => ({ language, theme, file: stateName(state, name, language, theme) })),
  )

/** Turns a page by its own buttons, as a person would; the wall, which has none, by its key. */
async function wear(page, { language, theme }) {
  const html = page.locator('html')
  if ((await html.getAttribute('lang')) !== language) await page.keyboard.press('l')
  if ((await html.getAttribute('data-theme')) !== theme)
    await page.getByRole('button', { name: /^(切换明暗主题|Switch between dark and light)$/ }).click()
  await page.locator(`html[data-theme="${theme}"][lang="${language}"]`).waitFor()
}

/** Wall, desk and KPI as they stand now; `then` comes once they are open, for what only an open page can show. */
async function takeState(browser, url, out, state, wants, then = async () => undefined) {
  const opened = []
  for (const at of statePages) {
    const looks = looksOf(state, at).filter(({ file }) => wants(file))
    if (looks.length === 0) continue
    const page = await open(browser, url, at)
    await page.locator('.lamp').first().waitFor()
    await settle(page)
    opened.push({ page, looks })
  }
  if (opened.length > 0) await then()
  for (const { page, looks } of opened) {
    for (const look of looks) {
      await wear(page, look)
      await settle(page)
      await shoot(page, join(out, `${look.file}.webp`))
      say(look.file)
    }
    await page.context().close()
  }
}

/** More alarms than a console can take in: smoke in many places, told by the door that takes readings. */
async function flood(url) {
  const json = { 'content-type': 'application/json', 'x-api-key': ingestKey }
  const address = new URL('/sta/v1.1/Datastreams', url)
  address.search = `$top=24&$select=id&$filter=${encodeURIComponent("properties/kind eq 'smoke'")}`
  const answer = await fetch(address, { headers: json })
  const { value } = await answer.json()
  if (!Array.isArray(value) || value.length < 15) throw new Error(`too few sensors for a flood: ${value?.length}`)
  for (const { '@iot.id': id } of value) {
    const body = JSON.stringify({ result: 1, phenomenonTime: new Date(Date.now() + shiftMs - 2000).toISOString() })
    const sent = await fetch(`${url}/sta/v1.1/Datastreams(${id})/Observations`, { method: 'POST', headers: json, body })
    if (!sent.ok) throw new Error(`reading of ${id}: HTTP ${sent.status}`)
  }
}
/** The city's clock over the machine's, as the city that is open now has it. */
let shiftMs = 0

async function withCity(hour, { days, liveS }, work) {
  const at = Date.parse(hour)
  shiftMs = at - Date.now()
  const city = await openPicturedCity({ at, days, speed: 8 })
  try {
    say(`letting the city live for ${liveS} s`)
    await pause(liveS * 1000)
    await work(city)
  } finally {
    await city.close()
  }
}

/**
 * All pictures whose name `wants`. `life.days` are lived before the city's hour, and `life.liveS` seconds of it, at eight times the pace, before the first.
 */
export async function takeLiving(browser, out, wants, life) {
  const isWanted = (state) => statePages.some((page) => looksOf(state, page).some(({ file }) => wants(file)))
  const isSized =
    scenes.some((scene) => sizes.some((size) => wants(sizedName(`wall-${scene}`, size)))) ||
    pages.some(({ name }) => deskSizes.some((size) => wants(sizedName(name, size))))
  if (isWanted('quiet'))
    await withCity(hours.quiet, { ...life, liveS: Math.min(life.liveS, 30) }, ({ url }) =>
      takeState(browser, url, out, 'quiet', wants),
    )
  if (!isSized && !states.slice(1).some(isWanted)) return
  await withCity(hours.busy, life, async ({ url, stopFeed, stopServer }) => {
    await takeState(browser, url, out, 'busy', wants)
    await takeSized(browser, url, out, wants)
    if (isWanted('flood')) {
      await flood(url)
      await takeState(browser, url, out, 'flood', wants)
    }
    if (isWanted('stale')) {
      await stopFeed()
      // Three intervals of the quickest sensors, and a little.
      await pause(200_000)
      await takeState(browser, url, out, 'stale', wants)
    }
    await takeState(browser, url, out, 'offline', wants, async () => {
      await stopServer()
      await pause(20_000)
    })
  })
}
