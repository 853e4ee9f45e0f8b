import { test as base, expect } from '@playwright/test'
import { startDemo } from '../provider/demo.ts'
import { portsOf, signIn } from './app.ts'

base('RESP-11: under StrictMode, in the development server, one code is spent once', async ({ page }) => {
  base.slow()
  const demo = await startDemo({ ...portsOf(base.info().parallelIndex, 5600), serve: 'dev' })
  try {
    const errors: string[] = []
    page.on('pageerror', error => errors.push(error.message))
    await signIn(page, demo)
    const exchanges = demo.log.entries.filter(({ path, method }) => path === '/token' && method === 'POST')
    expect(exchanges.map(({ form }) => form.get('grant_type'))).toEqual(['authorization_code'])
    expect(new Set(exchanges.map(({ form }) => form.get('code'))).size).toBe(1)
    expect(errors).toEqual([])
  } finally {
    await demo.close()
  }
})
