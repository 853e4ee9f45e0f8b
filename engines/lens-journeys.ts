/** The lens: the messages of the very sign-in, drawn. */
import type { Driver } from './driver.ts'
import type { Journey } from './journey.ts'
import { same } from './same.ts'
import { aliceHeading, signIn } from './signing-in.ts'

/** Kind and status of each message that the lens drew; a story as short as a sign-in is drawn whole. */
async function drawnMessages(browser: Driver): Promise<string[]> {
  const rows = await browser.evaluate(
    `return [...document.querySelectorAll('[aria-label="Protocol messages"] [data-step]')]
      .map(({ dataset }) => dataset.step + ' ' + dataset.status)`,
  )
  return Array.isArray(rows) ? rows.map(String) : []
}

export const lensJourneys: readonly Journey[] = [
  {
    claim: 'the lens shows the messages that the provider logged',
    walk: async (browser, { demo }) => {
      const from = demo.log.entries.length
      await signIn(browser, demo.appOrigin)
      await browser.see('[role=rowheader], th[scope=row]')
      await browser.click({ role: 'link', name: 'Flow' })
      // The profile has a small lens of its own, which goes with it.
      await browser.at(`${demo.appOrigin}/`)
      await browser.until('the profile is gone', async () => !(await browser.isShown(aliceHeading)))
      await browser.see('[data-step=profile_response][data-status=done]')
      const shown = await drawnMessages(browser)
      same(
        'failed messages',
        shown.filter(each => / (failed|blocked)$/.test(each)),
        [],
      )
      const logged = demo.log.entries.slice(from)
      const drawn = (step: string) => shown.filter(each => each === `${step} done`).length
      const asked = (wanted: string) => logged.filter(({ path }) => path === wanted).length
      same('authorization requests', drawn('authorization_request'), asked('/authorize'))
      same('token requests', drawn('token_request'), asked('/token'))
      same('discovery requests', drawn('discovery_request'), asked('/.well-known/openid-configuration'))
      await browser.click('[data-step=token_request] button')
      await browser.until('the inspector names the verifier', async () =>
        (await browser.text('.lens-side')).includes('code_verifier'),
      )
      return `${shown.filter(each => each.endsWith(' done')).length} messages, from both sides of the redirect`
    },
  },
]
