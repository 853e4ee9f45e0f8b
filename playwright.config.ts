import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from './scripts/browser.ts'

process.env['BROWSER_PATH'] ??= findBrowser()

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/build.ts',
  fullyParallel: false,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    launchOptions: { executablePath: process.env['BROWSER_PATH'], args: browserFlags },
    trace: 'off',
    screenshot: 'off',
    locale: 'en-GB',
  },
})
