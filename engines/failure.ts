/** A failure as the app tells it: an alert with a stable code. */
import type { Driver } from './driver.ts'
import { same } from './same.ts'

export const failed = '[role=alert][data-error-code]'

export async function seeFailure(browser: Driver, code: string): Promise<void> {
  await browser.see(failed)
  same('the code', await browser.attribute(failed, 'data-error-code'), code)
}
