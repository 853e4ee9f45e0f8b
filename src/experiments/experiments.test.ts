import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runExperiment } from '../lab/runner.ts'
import { experiments } from './list.ts'
import { type RealProvider, startRealProvider } from './real-provider.test-data.ts'

let real: RealProvider
beforeAll(async () => {
  real = await startRealProvider()
})
afterAll(() => real.demo.close())

const stop = new AbortController().signal

describe('x', () => {
  for (const experiment of experiments) {
    if (experiment.id === 'injected-message') continue
    it(experiment.id, { timeout: 40_000 }, async () => {
      const run = await runExperiment(real.options, experiment, stop)
      const off = experiment.off ? await runExperiment(real.options, experiment, stop, true) : null
      console.log(
        experiment.id,
        JSON.stringify(run.outcome),
        off && JSON.stringify(off.outcome),
        run.evidence?.lines.map(l => `${l.from}>${l.to}:${l.text}${l.mark ?? ''}`).join(' | '),
      )
      expect(run.outcome.verdict).toBe('blocked')
      expect(run.outcome.by).toBe(experiment.defender)
      if (off) expect(off.outcome.verdict).toBe('not-blocked')
    })
  }
})
