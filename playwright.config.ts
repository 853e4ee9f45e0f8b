import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from './scripts/browser.ts'

process.env['BROWSER_PATH'] = findBrowser()

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/build.ts',
  fullyParallel: false,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    launchOptions: {
      executablePath: process.env['BROWSER_PATH'],
      args: browserFlags,
      // A person's browser freezes the page that is left and shows it again at Back; the driver switches that off.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    },
    trace: 'off',
    screenshot: 'off',
    locale: 'en-GB',
  },
})
