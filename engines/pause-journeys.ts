/** A message is held, edited and sent on: who refuses it is named. */
import type { Driver } from './driver.ts'
import type { Journey } from './journey.ts'
import { tokenRequests } from './provider-requests.ts'
import { same } from './same.ts'
import { atProvider, signInButton } from './signing-in.ts'

const send = { role: 'button', name: /^Send/ } as const
const letIn = { role: 'button', name: /^Let it in/ } as const

const held = (browser: Driver, step: string) => browser.see(`[data-step=${step}][data-status=paused]`)

export const pauseJourneys: readonly Journey[] = [
  {
    claim: 'a changed state is stopped by the app',
    walk: async (browser, { demo }) => {
      await browser.goto(`${demo.appOrigin}/`)
      await browser.click({ role: 'button', name: 'Pause before each message' })
      await browser.see('button[aria-pressed=true]')
      await browser.click(signInButton)
      await held(browser, 'authorization_request')
      await browser.click(send)
      const before = tokenRequests(demo, 'authorization_code').length
      await atProvider(browser)
      await held(browser, 'authorization_response')
      same('the code in the address', (await browser.url()).includes('code='), false)
      await browser.fill({ role: 'textbox', name: 'state' }, 'another')
      await browser.click(letIn)
      await browser.read('The app stopped it')
      same('token requests', tokenRequests(demo, 'authorization_code').length - before, 0)
      return 'held before and after the redirect; no token request'
    },
  },
  {
    claim: 'a changed verifier is stopped by the authorization server',
    walk: async (browser, { demo }) => {
      await browser.goto(`${demo.appOrigin}/`)
      await browser.click({ role: 'button', name: 'Breakpoints' })
      await browser.click({ role: 'menuitemcheckbox', name: 'Token request' })
      await browser.press({ role: 'menuitemcheckbox', name: 'Token request' }, 'Escape')
      await browser.click(signInButton)
      await atProvider(browser)
      await held(browser, 'token_request')
      const verifier = 'a'.repeat(43)
      await browser.fill({ role: 'textbox', name: 'code_verifier' }, verifier)
      await browser.click(send)
      await browser.read('The authorization server stopped it')
      await browser.read('It answered invalid_grant')
      await browser.see('[data-step=token_request][data-status=tampered]')
      const sent = tokenRequests(demo, 'authorization_code').at(-1)
      same('the verifier as sent', sent?.form.get('code_verifier'), verifier)
      same('its status', sent?.status, 400)
      return 'held by a breakpoint; invalid_grant'
    },
  },
]
