/** Takes the pictures of the living city: every scene and page at every size, then wall, desk and KPI as the city goes from quiet to offline. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ingestKey, openPicturedCity, password } from './pictured-city.mjs'
import { languages, pages, scenes, sizedName, sizesOf, stateName, statePages, states } from './picture-list.mjs'
import { say } from './prepare.mjs'
import { shoot } from './shoot.mjs'

/** In the middle of a week: on a Monday morning what the weekend left over is closed all at once. */
const hours = { quiet: '2026-06-17T04:30:00+08:00', busy: '2026-06-17T10:10:00+08:00' }
/** Maps are drawn by software here, on cores that others use, too. */
const patienceMs = 180_000

/** Of what a browser says the rest is how it was started. */
const firstLine = (error) => error.message.split('\n', 1)[0]

/** Letters, charts and the map are there, and what was still being asked for has come. */
async function settle(page, mapMs = 60_000) {
  await page.waitForLoadState('networkidle', { timeout: 6_000 }).catch(() => undefined)
  await page.waitForFunction(() => globalThis.document.fonts.status === 'loaded', null, { polling: 250 })
  const hasMap = () => {
    const map = globalThis.document.querySelector('.maplibregl-map')
    return map === null || 'drawn' in map.dataset
  }
  await page.waitForFunction(hasMap, null, { polling: 250, timeout: mapMs }).catch(() => say('the map is not whole'))
  await pause(1000)
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
  page.setDefaultTimeout(patienceMs)
  page.on('pageerror', (error) => say(`${path}: ${error.message}`))
  await page.goto(url + path)
  return page
}

/** A case that is being worked on, the most urgent first, looked at. */
async function choose(page) {
  const cases = page.locator('[role=option][data-key^="incident"]')
  await cases.first().waitFor()
  const worked = cases.filter({ hasText: /处置中|Handling/ })
  await ((await worked.count()) > 0 ? worked : cases).first().click()
  await page.locator('[data-verb]').first().waitFor()
}

/** The wall's camera goes round the worst places: back over the whole city, within a round of it. */
async function rest(page) {
  await page
    .locator('.caption')
    .waitFor({ state: 'hidden', timeout: 120_000 })
    .catch(() => undefined)
  // The camera is on its way.
  await pause(3500)
  await settle(page)
}

/** As high as all of it needs, so that nothing is left below the fold. */
async function unfold(page, [width, height]) {
  const more = await page.locator('main').evaluate((main) => main.scrollHeight - main.clientHeight)
  await page.setViewportSize({ width, height: height + Math.max(0, more) })
}

const wallPages = scenes.map((scene) => ({
  name: `wall-${scene}`,
  who: 'wall',
  path: `/wall?scene=${scene}`,
  ready: '.lamp.live',
  isWall: true,
  rests: scene === 'overview',
}))

/**
 * Every page at every size it is meant for. What does not come is put into `failed`, and does not cost the others.
 */
export async function takeSized(browser, { url }, { out, wants, failed }) {
  for (const at of [...pages, ...wallPages]) {
    const { name, ready, chosen, isWhole, rests } = at
    const left = sizesOf(at).filter((size) => wants(sizedName(name, size)))
    if (left.length === 0) continue
    let page = null
    try {
      page = await open(browser, url, at)
      await page.locator(ready).first().waitFor()
      if (chosen) await choose(page)
      while (left.length > 0) {
        const [width, height] = left[0]
        await page.setViewportSize({ width, height })
        await settle(page)
        if (rests) await rest(page)
        if (isWhole) await unfold(page, left[0]).then(() => settle(page))
        await shoot(page, join(out, `${sizedName(name, left[0])}.webp`))
        say(sizedName(name, left.shift()))
      }
    } catch (error) {
      say(`${name}: ${firstLine(error)}`)
      failed.push(...left.map((size) => sizedName(name, size)))
    }
    await page
      ?.context()
      .close()
      .catch(() => undefined)
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

/** In a flood the wall's camera goes from one critical case to the next; without a server it stays where it was. */
const movingStates = ['flood', 'offline']

/**
 * Wall, desk and KPI as they stand now, one after the other; with `then` all are open before, for what only an open page can show. What does
 * not come is put into `failed`.
 */
export async function takeState(browser, { url }, state, { out, wants, failed }, then) {
  const openOne = async ({ at, looks }) => {
    try {
      const page = await open(browser, url, at)
      await page.locator('.lamp').first().waitFor()
      await settle(page)
      return page
    } catch (error) {
      say(`${state}, ${at.name}: ${firstLine(error)}`)
      failed.push(...looks.map(({ file }) => file))
      return null
    }
  }
  const takeOne = async (page, { at, looks }) => {
    for (const look of looks)
      try {
        await wear(page, look)
        // Without a server no ground comes any more.
        await settle(page, state === 'offline' ? 3_000 : undefined)
        if (at.name === 'wall' && !movingStates.includes(state)) await rest(page)
        await shoot(page, join(out, `${look.file}.webp`))
        say(look.file)
      } catch (error) {
        say(`${look.file}: ${firstLine(error)}`)
        failed.push(look.file)
      }
    await page.context().close()
  }
  const wanted = statePages
    .map((at) => ({ at, looks: looksOf(state, at).filter(({ file }) => wants(file)) }))
    .filter(({ looks }) => looks.length > 0)
  const pages = []
  for (const one of wanted) {
    const page = await openOne(one)
    if (page === null) continue
    if (then === undefined) await takeOne(page, one)
    else pages.push([page, one])
  }
  if (pages.length > 0) await then()
  for (const [page, one] of pages) await takeOne(page, one)
}

/** More alarms than a console can take in: smoke in many places, told by the door that takes readings. */
export async function flood({ url, now }) {
  const json = { 'content-type': 'application/json', 'x-api-key': ingestKey }
  const address = new URL('/sta/v1.1/Datastreams', url)
  address.search = `$top=24&$select=id&$filter=${encodeURIComponent("properties/kind eq 'smoke'")}`
  const answer = await fetch(address, { headers: json })
  const { value } = await answer.json()
  if (!Array.isArray(value) || value.length < 15) throw new Error(`too few sensors for a flood: ${value?.length}`)
  for (const { '@iot.id': id } of value) {
    const body = JSON.stringify({ result: 1, phenomenonTime: new Date(now() - 2000).toISOString() })
    const sent = await fetch(`${url}/sta/v1.1/Datastreams(${id})/Observations`, { method: 'POST', headers: json, body })
    if (!sent.ok) throw new Error(`reading of ${id}: HTTP ${sent.status}`)
  }
  await pause(10_000)
}

/** A busy city to its end: as it is, at every size, flooded, without its feed, without its server. */
export async function takeBusy(browser, city, task) {
  const { wants, failed } = task
  const isWanted = (state) => statePages.some((page) => looksOf(state, page).some(({ file }) => wants(file)))
  /** What brings a state about; where it cannot, the state's pictures have failed. */
  const bring = async (state, work) => {
    if (!isWanted(state)) return
    try {
      await work()
    } catch (error) {
      say(`${state}: ${firstLine(error)}`)
      const files = statePages.flatMap((page) => looksOf(state, page)).map(({ file }) => file)
      return void failed.push(...files.filter(wants))
    }
    await takeState(browser, city, state, task)
  }
  await takeSized(browser, city, task)
  await bring('busy', async () => undefined)
  await bring('flood', () => flood(city))
  await bring('stale', async () => {
    await city.stopFeed()
    // Three intervals of the quickest sensors, and a little.
    await pause(200_000)
  })
  await takeState(browser, city, 'offline', task, async () => {
    await city.stopServer()
    await pause(20_000)
  })
}

/** Opens a city at its hour and lets it live for a while, so that every device has spoken. */
async function openCity(hour, { days, liveS }) {
  const at = Date.parse(hour)
  const shiftMs = at - Date.now()
  const city = await openPicturedCity({ at, days, speed: 1 })
  say(`${hour}: letting the city live for ${liveS} s`)
  await pause(liveS * 1000)
  return { ...city, now: () => Date.now() + shiftMs }
}

/**
 * All pictures whose name `wants`, into the folder `out`; names of those that did not come are put into `failed`. `life.days` are lived
 * before the city's hour, and `life.liveS` seconds of it before the first.
 */
export async function takeLiving(browser, life, task) {
  const { wants, failed } = task
  const stateFiles = (of) =>
    statePages.flatMap((page) => of.flatMap((state) => looksOf(state, page))).map((l) => l.file)
  const sized = [...pages, ...wallPages].flatMap((at) => sizesOf(at).map((size) => sizedName(at.name, size)))
  const cities = [
    { hour: hours.quiet, files: stateFiles(['quiet']), take: (city) => takeState(browser, city, 'quiet', task) },
    {
      hour: hours.busy,
      files: [...sized, ...stateFiles(states.slice(1))],
      take: (city) => takeBusy(browser, city, task),
    },
  ].filter(({ files }) => files.some(wants))
  // Both live at once, most of it waiting; their pictures are taken one after the other.
  let turn = Promise.resolve()
  const runs = cities.map(async ({ hour, files, take }) => {
    let city = null
    try {
      city = await openCity(hour, life)
      turn = turn.then(() => take(city))
      await turn
    } catch (error) {
      say(`${hour}: ${firstLine(error)}`)
      failed.push(...files.filter(wants))
    }
    await city?.close()
  })
  await Promise.all(runs)
}
