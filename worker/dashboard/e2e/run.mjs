// Drives the page in a real browser, as an operator sees it.
//
//   node run.mjs URL SCREENSHOT_FOLDER SCENARIO
//
// The program that started this one plays the worker: a line "> WORD" on standard output asks it for something (show another
// scene, stop the server, start it again), and it answers with a line on standard input when that is done. Exit code 0: all was
// as expected; 1: it was not, or something else went wrong; 77: there is no browser to be had.
import { createInterface } from 'node:readline'
import { mkdirSync } from 'node:fs'
import { openBrowser } from './browser.mjs'
import { scenarios } from './scenarios.mjs'

const [url, screenshots, name] = process.argv.slice(2)
const scenario = scenarios[name]
if (!url || !screenshots || !scenario) {
  console.error(`usage: node run.mjs URL SCREENSHOT_FOLDER ${Object.keys(scenarios).join('|')}`)
  process.exit(2)
}
mkdirSync(screenshots, { recursive: true })

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
async function ask(word) {
  console.log(`> ${word}`)
  await answers.next()
}

const browser = await openBrowser()
if (!browser) process.exit(77)
try {
  await scenario({ browser, url, ask, screenshot: (page, shot, options = {}) => page.screenshot({ path: `${screenshots}/${shot}.png`, ...options }) })
  console.log(`passed: ${name}`)
  await browser.close()
  process.exit(0)
} catch (failure) {
  console.error(failure.stack ?? failure)
  const page = browser.contexts().flatMap((context) => context.pages()).at(-1)
  await page?.screenshot({ path: `${screenshots}/failed-${name}.png`, fullPage: true }).catch(() => {})
  await browser.close().catch(() => {})
  process.exit(1)
}
