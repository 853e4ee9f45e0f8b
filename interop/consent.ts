import type { Locator } from '@playwright/test'

/** Presses the button of the consent page, if there is one: who has allowed it before is sent on without a question. */
export async function allowIfAsked(
  allow: Locator,
  isElsewhere: (url: URL) => boolean,
  choose: () => Promise<void> = async () => {},
): Promise<void> {
  const isAsked = await Promise.race([
    allow.waitFor().then(
      () => true,
      () => false,
    ),
    allow
      .page()
      .waitForURL(isElsewhere)
      .then(
        () => false,
        () => false,
      ),
  ])
  if (!isAsked) return
  await choose()
  await allow.click()
}
