/** One check of the card against the real demo provider of a test, after a clean sign-in. */
import type { RealProvider } from '../experiments/real-provider.test-data.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Finding } from './check.ts'
import { checks } from './checks.ts'
import { type CardPerson, createCardPerson } from './person.ts'
import { runChecks } from './runner.ts'

export interface Seen {
  readonly finding: Finding | undefined
  /** Addresses that were opened at the authorization endpoint. */
  readonly opened: readonly string[]
}

/**
 * What is waited for is skipped, as the provider's person does it.
 * @param asked what the person does when they are asked
 */
export async function seenIn(
  { options: { config, surroundings, person } }: RealProvider,
  number: number,
  changes: Partial<ClientConfig> = {},
  asked: Partial<CardPerson> = {},
): Promise<Seen> {
  let finding: Finding | undefined
  let opened: readonly string[] = []
  const stop = new AbortController().signal
  await runChecks({
    config: { ...config, ...changes },
    surroundings,
    options: { otherClientId: null, password: false, patient: false },
    person: {
      ...createCardPerson(
        () => {},
        () => stop,
      ),
      waiting: person.waiting,
      ...asked,
    },
    stop,
    checks: checks.filter(check => check.number === number),
    announce: false,
    mayGoOn: async () => {},
    onBegin: () => {},
    onRow: (_, row) => {
      finding = row.finding
      opened = row.steps.flatMap(step => (step.kind === 'authorization_request' ? [step.url] : []))
    },
  })
  return { finding, opened }
}
