// What the operator must see. Each scenario starts with the worker in the scene that the test has set.
import assert from 'node:assert/strict'

const DESKTOP = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 844 }
const PATIENCE = 10_000

/** A page that remembers everything that must not happen. */
async function openPage({ browser, url }, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, colorScheme: 'dark', timezoneId: 'America/New_York', locale: 'en-US', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  const problems = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(url).host) problems.push(`asked for ${request.url()}`)
  })
  await page.addInitScript(() => {
    window.violations = []
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`))
  })
  await page.goto(url)
  return {
    page,
    async assertClean() {
      assert.deepEqual(problems, [], 'the console is silent and nothing else is asked for')
      assert.deepEqual(await page.evaluate(() => window.violations), [], 'the content security policy holds')
    },
    forgetProblems: () => problems.splice(0),
  }
}

const visible = (text) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim()
const textOf = async (page, id) => visible(await page.getByTestId(id).innerText())

async function waitForText(page, id, expected) {
  await page.getByTestId(id).filter({ hasText: expected }).waitFor({ timeout: PATIENCE })
}

async function assertNoSidewaysScroll(page) {
  const [content, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  assert.ok(content <= view, `the page is ${content} px wide in a view of ${view} px`)
}

/** Charts are drawn on canvases: one that shows something has pixels of several colours. */
async function assertDrawn(page, id) {
  const colours = await page.getByTestId(id).locator('canvas').evaluateAll((canvases) => {
    const seen = new Set()
    for (const canvas of canvases) {
      if (canvas.width === 0 || canvas.height === 0) continue
      const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2])
    }
    return seen.size
  })
  assert.ok(colours >= 3, `${id} is drawn, was ${colours} colours`)
}

export const scenarios = {
  async explains(world) {
    const { page, assertClean } = await openPage(world)
    await waitForText(page, 'verdict-words', 'We stayed out: book 812 ms old (limit 500 ms)')

    assert.match(await textOf(page, 'banner'), /^SIMULATED .*no real money\. Session seed 42\./)
    assert.match(await textOf(page, 'lane'), /^paper lane$/i)
    assert.equal(await textOf(page, 'state'), 'Running')
    assert.match(await textOf(page, 'connection'), /^(Connected|No change for .*)$/)
    assert.match(await textOf(page, 'hero'), /^STAY OUT .*strike \$103,250\.41 settles in 03:12 decided 23:11:47 UTC/)

    const gates = page.getByTestId('gates').locator('li')
    assert.equal(await gates.count(), 13)
    const failing = page.locator('[data-gate="book age"]')
    assert.equal(visible(await failing.innerText()), 'fails first book 812 ms old (limit 500 ms) 812 ms at most 500 ms')
    assert.ok(await failing.locator('svg').isVisible(), 'a verdict has an icon beside its word and colour')
    assert.equal(await page.getByText('fails first').count(), 1)
    assert.match(visible(await page.locator('[data-gate="net edge"]').innerText()), /^pass edge 3\.1 ¢ after fees .* 3\.1 ¢ at least 2 ¢$/)
    assert.match(visible(await page.locator('[data-gate="entry filter"]').innerText()), /^skipped entry filter not trained yet/)
    const [valueEnd, limit] = await failing.evaluate((row) => [
      row.querySelector('.bar i').getBoundingClientRect().right, row.querySelector('.bar u').getBoundingClientRect().left])
    assert.ok(valueEnd > limit, 'the bar of a value over its limit goes beyond the mark')

    assert.match(await textOf(page, 'forecast'), /model 61\.8 % market 58\.0 %/)
    assert.match(await textOf(page, 'signals'), /Book imbalance 68\.4 % buyers .*\+0\.12 % Conviction high/)
    assert.equal(await textOf(page, 'equity'), '$1,012.43')
    assert.match(await textOf(page, 'money'), /\+\$12\.43 .*Loss today \$6\.15 of \$50\.00 .*Drawdown 1\.8 % of 20\.0 %/)
    assert.match(await textOf(page, 'books'), /^Books balance/)
    assert.match(await textOf(page, 'positions'), /YES 12 @ 54 ¢ 57 ¢ \+\$0\.36 −\$6\.69 03:12/)
    assert.match(await textOf(page, 'positions'), /NO 7\.5 @ 9\.3 ¢ no bid/)
    const feed = (name) => page.locator(`[data-feed="${name}"]`)
    assert.match(visible(await feed('KALSHI_STREAM').innerText()), /^kalshi stream (fresh|stale) .* ago, limit 500 ms 1 reconnect · 2 gaps$/)
    assert.match(visible(await feed('COINBASE_STREAM').innerText()), /^coinbase stream stale \d+(\.\d s| min .*) ago/)
    assert.match(visible(await feed('BINANCE_STREAM').innerText()), /^binance stream down/)
    assert.match(visible(await feed('BINANCE_US_STREAM').innerText()), /nothing yet no message yet/)
    assert.match(await feed('COINBASE_STREAM').getAttribute('class'), /is-stale/)
    assert.doesNotMatch(await feed('KRAKEN_STREAM').getAttribute('class'), /is-stale/)
    assert.match(await textOf(page, 'counters'), /EVENTS|Events 97,077/)
    assert.match(await textOf(page, 'counters'), /too late 3 book moved 2 order size 1/)
    assert.match(await textOf(page, 'trades'), /Bought YES 12 @ 54 ¢/)
    assert.match(await page.getByTestId('clock').locator('time').getAttribute('title'), /7:11:48.*PM.*your time/)
    await assertDrawn(page, 'equity-chart')
    await assertDrawn(page, 'price-chart')
    await assertNoSidewaysScroll(page)
    assert.match(await page.title(), /^SIMULATED · paper · running · Voltage$/)
    await world.screenshot(page, 'desktop-dark', { fullPage: true })

    await page.emulateMedia({ colorScheme: 'light' })
    await page.locator('[data-scheme="light"]').first().waitFor()
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    assert.equal(background, 'rgb(243, 245, 249)')
    await world.screenshot(page, 'desktop-light', { fullPage: true })

    await page.getByRole('tab', { name: /132330-30/ }).click()
    await waitForText(page, 'verdict-words', 'We stayed out: strike not set yet')
    assert.equal(await gates.count(), 22)
    await world.screenshot(page, 'many-gates', { fullPage: true })
    await assertClean()
  },

  async updates(world) {
    const { page, assertClean } = await openPage(world)
    await waitForText(page, 'verdict-words', 'We stayed out')

    await world.ask('bought')

    await waitForText(page, 'verdict-words', 'Bought YES 12 @ 54 ¢')
    assert.match(await textOf(page, 'banner'), /^RECORDED .*Session 20260513T230110Z\./)
    assert.match(await textOf(page, 'lane'), /^replay lane$/i)
    assert.equal(await page.getByText('fails first').count(), 0)
    assert.match(await textOf(page, 'sizing'), /Kelly × 0\.25 40\.5 .*exposure cap 12 sent 12/)
    assert.match(await textOf(page, 'positions'), /YES 24 @ 54 ¢/)
    await world.screenshot(page, 'bought', { fullPage: true })

    await world.ask('halted')
    await waitForText(page, 'state', 'Halted: exits only')
    assert.equal(await textOf(page, 'state'), 'Halted: exits only lost $50.12 today (limit $50.00)')
    assert.match(await textOf(page, 'books'), /^Books differ by \$0\.010000/)
    await world.screenshot(page, 'halted')

    await world.ask('broken')
    await waitForText(page, 'problem', 'the engine has left no snapshot')
    await world.ask('bought')
    await page.getByTestId('problem').waitFor({ state: 'detached' })
    await assertClean()
  },

  async reconnects(world) {
    const { page, assertClean, forgetProblems } = await openPage(world)
    await waitForText(page, 'verdict-words', 'We stayed out')

    await world.ask('stop')

    await waitForText(page, 'connection-lost', /Connection to the worker lost.*What you see is .* old.*Trying again/)
    await waitForText(page, 'connection', 'Lost')
    assert.match(await textOf(page, 'verdict-words'), /We stayed out/, 'what was known stays in view')
    await waitForText(page, 'connection-lost', /What you see is ([2-9]\.\d|\d\d\.\d)\ss old/)
    await page.locator('[data-feed="KALSHI_STREAM"].is-stale').waitFor()
    await world.screenshot(page, 'connection-lost')

    await world.ask('start')
    await page.getByRole('button', { name: 'Retry now' }).click({ timeout: 2_000 }).catch(() => {})
    await page.getByTestId('connection-lost').waitFor({ state: 'detached', timeout: 15_000 })
    await waitForText(page, 'connection', 'Connected')
    await waitForText(page, 'verdict-words', 'Bought YES 12 @ 54 ¢')
    // A browser itself reports each refused connection; nothing else may have been said.
    const others = forgetProblems().filter((text) => !/WebSocket connection to|ERR_CONNECTION/.test(text))
    assert.deepEqual(others, [])
    await assertClean()
  },

  async fitsPhone(world) {
    const { page, assertClean } = await openPage(world, { viewport: PHONE, deviceScaleFactor: 2, isMobile: true, hasTouch: true })
    await waitForText(page, 'verdict-words', 'We stayed out: book 812 ms old (limit 500 ms)')
    await assertNoSidewaysScroll(page)
    await assertDrawn(page, 'price-chart')
    await world.screenshot(page, 'phone-dark', { fullPage: true })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.locator('[data-scheme="light"]').first().waitFor()
    await world.screenshot(page, 'phone-light')
    await assertClean()
  },

  async hasNothingYet(world) {
    const { page, assertClean } = await openPage(world)
    await waitForText(page, 'verdict', 'No decision yet')
    assert.match(await textOf(page, 'positions'), /Nothing is held/)
    assert.match(await textOf(page, 'markets'), /No market is known yet/)
    assert.match(await textOf(page, 'trades'), /No fill yet/)
    assert.match(await textOf(page, 'equity-chart'), /No equity has been recorded yet/)
    assert.match(await textOf(page, 'price-chart'), /No candle yet/)
    assert.match(await textOf(page, 'books'), /Exchange not asked yet/)
    assert.match(await textOf(page, 'banner'), /^SIMULATED/)
    await assertNoSidewaysScroll(page)
    await world.screenshot(page, 'nothing-yet')

    await world.ask('stayed out')
    await waitForText(page, 'verdict-words', 'We stayed out')
    await page.getByTestId('equity-chart').locator('canvas').first().waitFor()
    await assertDrawn(page, 'equity-chart')
    await assertClean()
  },
}
