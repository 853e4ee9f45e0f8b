/** Finds a Chromium: Playwright's own, else the system's, else Debian's by apt-get when this is root. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

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

function onPath(name: string): string | null {
  try {
    return (
      execFileSync('which', [name], { stdio: ['ignore', 'pipe', 'ignore'] })
        .toString()
        .trim() || null
    )
  } catch {
    return null
  }
}

function installed(): string | null {
  const own = chromium.executablePath()
  if (own && existsSync(own)) return own
  return names.map(onPath).find(Boolean) ?? places.find(existsSync) ?? null
}

/** @throws Error with one line that says what to install */
export function findBrowser(): string {
  const found = installed()
  if (found) return found
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    const quiet = { stdio: 'ignore' as const, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    try {
      execFileSync('apt-get', ['update', '-qq'], quiet)
      execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], quiet)
    } catch {
      // the line below says what to do
    }
    const now = installed()
    if (now) return now
  }
  throw new Error(
    'No Chromium found. Install Google Chrome or Chromium, or run: npx playwright install chromium',
  )
}
