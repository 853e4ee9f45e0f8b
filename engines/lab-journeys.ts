/** The lab: attacks that are run for real, and who stops them. */
import { experiments } from '../src/experiments/list.ts'
import type { Driver } from './driver.ts'
import type { Journey, Site } from './journey.ts'
import { same } from './same.ts'
import { signIn } from './signing-in.ts'

/** Silence proves something only where an answer would be heard, and this host has the page only with its `.html`. */
const unheard = 'redirect-other-path unreadable'

const rowOf = (id: string) => `[data-experiment="${id}"]`
const frame = 'iframe.lab-look'
const frameQuestion = { role: 'button', name: 'Nothing of the provider' } as const
const windowQuestion = { role: 'button', name: 'Open its page' } as const

async function openLab(browser: Driver, { demo }: Site): Promise<void> {
  await signIn(browser, demo.appOrigin)
  await browser.click({ role: 'link', name: 'Experiments' })
  await browser.see(rowOf('framed-consent'))
}

async function guessAndRun(browser: Driver, id: string, guess: string): Promise<void> {
  await browser.click(`${rowOf(id)} label:has([value=${guess}])`)
  await browser.click(`${rowOf(id)} button[aria-label^="Run "]`)
}

/** Who has stopped it, or another verdict than `blocked`. */
async function outcomeOf(browser: Driver, id: string): Promise<string | null> {
  await browser.see(`${rowOf(id)}[data-verdict]`)
  const verdict = await browser.attribute(rowOf(id), 'data-verdict')
  return verdict === 'blocked' ? browser.attribute(rowOf(id), 'data-blocked-by') : verdict
}

/** A page cannot look into a frame of another site; its person can, and says what is there. */
async function answerLook(browser: Driver, { demo }: Site): Promise<boolean> {
  const there = 'return location.origin + " " + document.readyState'
  const shown = await browser.inFrame(frame, async () => {
    await browser.until('the frame is loaded', async () => {
      return (await browser.evaluate(there)) === `${demo.issuer} complete`
    })
    return browser.isShown({ role: 'textbox', name: 'Username' })
  })
  await browser.click(shown ? { role: 'button', name: 'I see the provider’s page' } : frameQuestion)
  return shown
}

/** Another API needs a yes of the person, in a window of the provider. */
async function answerWindow(browser: Driver): Promise<void> {
  const page = await browser.windows.current()
  const popup = await browser.windows.goToOpened(() => browser.click(windowQuestion))
  await browser.click({ role: 'button', name: 'Allow' })
  await browser.windows.closedItself(popup, page)
}

export const labJourneys: readonly Journey[] = [
  {
    claim: 'an attack is guessed and run, and who stops it is named',
    walk: async (browser, site) => {
      await openLab(browser, site)
      await guessAndRun(browser, 'forged-state', 'app')
      same('stopped by', await outcomeOf(browser, 'forged-state'), 'app')
      await browser.read('You guessed 1 of 1 right')
      await guessAndRun(browser, 'stolen-code-wrong-verifier', 'app')
      same('stopped by', await outcomeOf(browser, 'stolen-code-wrong-verifier'), 'authorization-server')
      await browser.read('You guessed 1 of 2 right')
      return 'forged state by the app, wrong verifier by the authorization server'
    },
  },
  {
    claim: "the provider's page is kept out of a frame by the browser",
    walk: async (browser, site) => {
      await openLab(browser, site)
      await guessAndRun(browser, 'framed-consent', 'browser')
      await browser.see(frameQuestion)
      same('shown in the frame', await answerLook(browser, site), false)
      same('stopped by', await outcomeOf(browser, 'framed-consent'), 'browser')
      await browser.click({ role: 'button', name: 'Run with the defence off' })
      await browser.see(frameQuestion)
      same('shown in the frame, with the defence off', await answerLook(browser, site), true)
      await browser.see(`${rowOf('framed-consent')}[data-undefended-verdict="not-blocked"]`)
      return 'refused, and shown once the provider allows it'
    },
  },
  {
    claim: 'the attacks are stopped by those who are named as their defenders',
    walk: async (browser, site) => {
      await openLab(browser, site)
      await browser.click({ role: 'button', name: 'Run the rest' })
      const run = async () =>
        Number(
          await browser.evaluate(
            'return document.querySelectorAll("[data-experiment][data-verdict]").length',
          ),
        )
      const next = async () => {
        const before = await run()
        const step = async () => {
          if (await browser.isShown(windowQuestion)) await answerWindow(browser)
          if (await browser.isShown(frameQuestion)) await answerLook(browser, site)
          return (await run()) > before
        }
        // One of them waits for a token to run out.
        await browser.until('the next verdict', step, 90_000)
      }
      while ((await run()) < experiments.length) await next()
      const others: string[] = []
      for (const { id, defender } of experiments) {
        const outcome = await outcomeOf(browser, id)
        if (outcome !== defender) others.push(`${id} ${outcome}`)
      }
      same('not stopped by its defender', others, [unheard])
      same('defences left off', site.demo.weaknesses.on, [])
      return `${experiments.length - others.length} of ${experiments.length}; ${others.join(', ')}`
    },
  },
]
