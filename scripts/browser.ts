/** Finds a Chromium: that of BROWSER_PATH, else Playwright's, the system's, or Debian's by apt-get when this is root. */
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { installOnDebian, onPath } from './programs.ts'

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Flags for every start: no network of its own, and no sandbox for root, who cannot have one. */
export const browserFlags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

function installed(): string | null {
  const own = chromium.executablePath()
  if (own && existsSync(own)) return own
  return names.map(onPath).find(Boolean) ?? places.find(existsSync) ?? null
}

/**
 * @param given path of the one to take
 * @throws Error with one line that says what to install or to set
 */
export function findBrowser(given = process.env['BROWSER_PATH']): string {
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`BROWSER_PATH names a file that is not there: ${given}`)
  }
  const found = installed()
  if (found) return found
  installOnDebian(['chromium'])
  const now = installed()
  if (now) return now
  throw new Error(
    'No Chromium found. Install Google Chrome or Chromium, or run: npx playwright install chromium; or set BROWSER_PATH to one that is there.',
  )
}
