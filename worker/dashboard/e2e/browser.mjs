// A Chromium without an install step: the one named by CHROMIUM, the system's, or the one inside an npm package.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--force-color-profile=srgb',
]

async function candidates() {
  const found = [process.env.CHROMIUM, ...SYSTEM].filter((path) => path && existsSync(path))
  if (found.length > 0) return found
  if (process.platform !== 'linux' || process.arch !== 'x64') return []
  const packed = await import('@sparticuz/chromium')
  return [await packed.default.executablePath()]
}

/** The browser, or undefined with the reason on standard error. */
export async function openBrowser() {
  try {
    for (const executablePath of await candidates()) {
      try {
        const browser = await chromium.launch({ executablePath, args: FLAGS, headless: true })
        console.log(`browser: ${executablePath} ${browser.version()}`)
        return browser
      } catch (failure) {
        console.error(`${executablePath} does not start: ${failure.message}`)
      }
    }
    console.error('no Chromium: install one at /usr/bin/chromium or name it in the environment variable CHROMIUM')
  } catch (failure) {
    console.error(`no Chromium: ${failure.message}`)
  }
  return undefined
}
