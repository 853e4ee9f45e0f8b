import { expect, it } from 'vitest'
import { createEvidenceLog } from '../attack/evidence-log.ts'
import { blocked } from '../attack/verdict.ts'
import type { StepOf } from '../oauth/step.ts'
import { signIn } from '../trace/fixtures.test-data.ts'
import { gatherEvidence } from './evidence.ts'
import { experimentOf } from './scripted-lab.test-data.ts'

async function steps() {
  const whole = await signIn()
  const request = whole.steps.find(step => step.kind === 'authorization_request')
  const answer = whole.steps.find(step => step.kind === 'authorization_response')
  if (request?.kind !== 'authorization_request' || answer?.kind !== 'authorization_response')
    throw new Error('the sign-in does not leave and come back')
  return { request, answer }
}

const lines = async (log: ReturnType<typeof createEvidenceLog>, by: 'app' | 'browser') => {
  const experiment = experimentOf({ id: 'x', defender: by, check: 'The shield' })
  const { lines: drawn } = await gatherEvidence({ log }, experiment, blocked(by, 'no'))
  return drawn.map(({ from, to, text }) => (from === to ? `${from}: ${text}` : `${from} to ${to}: ${text}`))
}

it('puts the shield of the browser after what it asked for, before it shows what came of it', async () => {
  const log = createEvidenceLog()
  log.act({ from: 'attacker', to: 'browser', text: 'Frames the page' })
  const { request } = await steps()
  await log.as('browser', async () => log.observe(request))
  log.act({ from: 'browser', to: 'attacker', text: 'An empty frame' })
  expect(await lines(log, 'browser')).toEqual([
    'attacker to browser: Frames the page',
    'browser to authorization-server: GET /authorize',
    'browser: The shield',
    'browser to attacker: An empty frame',
  ])
})

it('what comes after an act is the app’s again, also when the act failed', async () => {
  const log = createEvidenceLog()
  const { request } = await steps()
  const failing = log.as('attacker', async () => {
    log.observe(request)
    throw new Error('no network')
  })
  await expect(failing).rejects.toThrow('no network')
  log.observe(request)
  expect(log.exhibits).toMatchObject([{ actor: 'attacker' }, { actor: 'app' }])
})

it('shows a callback that an attacker made as an address that is opened: only a server redirects', async () => {
  const log = createEvidenceLog()
  const { request, answer } = await steps()
  const forged: StepOf<'authorization_response'> = { ...answer, tampered: ['state'] }
  await log.as('attacker', async () => {
    log.observe(request)
    log.observe({ ...answer, via: 'frame' })
  })
  log.act({ from: 'attacker', to: 'app', text: 'Sends you a link' })
  log.observe(forged)
  expect(await lines(log, 'app')).toEqual([
    'attacker to authorization-server: GET /authorize',
    'authorization-server to attacker: Gives a code',
    'attacker to app: Sends you a link',
    'attacker to app: GET /callback',
    'app: The shield',
  ])
})
