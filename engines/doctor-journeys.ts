/** The doctor asks a provider what a sign-in will ask, and says what is wrong. */
import type { Driver } from './driver.ts'
import type { Journey } from './journey.ts'
import { same } from './same.ts'

/** Level and code of each finding, when all are there. */
async function findings(browser: Driver, origin: string): Promise<string[]> {
  await browser.goto(`${origin}/provider`)
  await browser.see({ role: 'button', name: 'Copy the report' })
  const found = await browser.evaluate(
    `return [...document.querySelectorAll('[data-finding]')]
      .map(({ dataset }) => dataset.level + ' ' + dataset.finding)`,
  )
  return Array.isArray(found) ? found.map(String) : []
}

const ofLevel = (level: string, all: readonly string[]) => all.filter(each => each.startsWith(`${level} `))

export const doctorJourneys: readonly Journey[] = [
  {
    claim: 'the doctor examines the provider and finds nothing to fix',
    walk: async (browser, { demo, otherOrigin }) => {
      const near = await findings(browser, demo.appOrigin)
      same('to fix', ofLevel('fail', near), [])
      same('to know', ofLevel('warn', near), [])
      same('a frame', near.includes('pass frame_same_site'), true)
      const far = await findings(browser, otherOrigin)
      same('to fix, provider on another site', ofLevel('fail', far), [])
      same('a frame of another site', far.includes('warn silent_third_party_cookies_blocked'), true)
      return `${ofLevel('pass', near).length} well; on another site it foresees that a frame is blind`
    },
  },
]
