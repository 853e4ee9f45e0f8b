import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Preset } from '../presets/preset.ts'
import { examine, type Progress, questionCount } from './doctor.ts'
import type { Pasted, Remember, SignInFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import type { ProbePorts } from './probe.ts'

export interface Examination {
  readonly findings: readonly Finding[]
  readonly progress: Progress
  /** Wall clock, milliseconds. */
  readonly at: number
  /** How long it took, milliseconds; null while it runs. */
  readonly took: number | null
  /** The text that the discovery address answered with; null until then, and when none could be read. */
  readonly discovery: string | null
}

export interface ExaminationInput {
  /** Null: nothing to examine yet. */
  readonly config: ClientConfig | null
  readonly preset: Preset
  readonly ports: ProbePorts
  readonly pasted: Pasted
  readonly lastSignIn: SignInFacts | null
  /** From `nextRun`; another one asks again. */
  readonly run: number
}

let runs = 0
/** Never one of an earlier visit to the page, whose answers are still kept. */
export const nextRun = () => ++runs

/**
 * Findings as they come. The documents of the provider are queries of their own. What is known of the last sign-in is
 * taken when a run begins: a renewal meanwhile is no reason to ask again.
 */
export function useExamination(input: ExaminationInput): Examination | null {
  const { config, preset, ports, pasted, lastSignIn, run } = input
  const client = useQueryClient()
  const queryKey = ['doctor', config, preset.id, pasted, run]
  const { data } = useQuery<Examination | null>({
    queryKey,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // The doctor has its own word for being offline.
    networkMode: 'always',
    // Not stopped with the component: StrictMode mounts twice, and what was asked is soon answered.
    queryFn: async () => {
      if (!config) return null
      const at = ports.now()
      const started = ports.monotonic()
      let seen: Examination = {
        findings: [],
        progress: { done: 0, of: questionCount },
        at,
        took: null,
        discovery: null,
      }
      const see = (news: Partial<Examination>) => {
        seen = { ...seen, ...news }
        client.setQueryData(queryKey, seen)
      }
      see({})
      await examine({
        config,
        preset,
        ports,
        pasted,
        lastSignIn,
        remember: async (kind, url, ask) => {
          const answer = await remember(client, run)(kind, url, ask)
          if (kind === 'discovery' && answer.kind === 'answered') see({ discovery: answer.body })
          return answer
        },
        onFindings: (findings, progress) => see({ findings: [...seen.findings, ...findings], progress }),
      })
      return { ...seen, took: ports.monotonic() - started }
    },
  })
  return data ?? null
}

const remember =
  (client: ReturnType<typeof useQueryClient>, run: number): Remember =>
  async (kind, url, ask) => {
    const queryKey = ['provider', kind, url, run]
    const seen = await client.fetchQuery({
      queryKey,
      queryFn: ask,
      staleTime: 60_000,
      retry: false,
      networkMode: 'always',
    })
    if (seen.kind === 'blocked') client.removeQueries({ queryKey, exact: true })
    return seen
  }
