import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stolenCodeNoVerifier } from '../experiments/stolen-code-no-verifier.ts'
import { stolenCodeWrongVerifier } from '../experiments/stolen-code-wrong-verifier.ts'
import { clauseUrl } from '../explain/documents.ts'
import { isValueName } from '../trace/secret-places.ts'
import {
  answer,
  back,
  begin,
  breakpointsFor,
  forward,
  goOf,
  isReview,
  numberOf,
  type Progress,
  parseProgress,
  rightOption,
  scoreOf,
  settle,
  situationOf,
  stopOf,
  type World,
} from './lesson.ts'
import type { Stop } from './stop.ts'
import { stops } from './stops.ts'

const away: World = { status: 'signed_out', held: null, told: new Set() }

function stopNamed(id: string): Stop {
  const stop = stops.find(each => each.id === id)
  if (!stop) throw new Error(`no stop ${id}`)
  return stop
}

/** Answers everything before this stop with its first option. */
function upTo(id: string): Progress {
  let progress = begin(stops)
  while (progress.reading !== id) progress = forward(stops, predictFirst(progress))
  return progress
}

function predictFirst(progress: Progress): Progress {
  return answer(stops, progress, stopOf(stops, progress).question.options[0]?.id ?? '')
}

const holding = (kind: NonNullable<World['held']>['kind'], refused = false): World => ({
  status: 'signing_in',
  held: { kind, flowType: 'sign_in', refused },
  told: new Set(),
})

describe('the stops', () => {
  it('are twelve to fifteen, each with its own name', () => {
    expect(stops.length).toBeGreaterThanOrEqual(12)
    expect(stops.length).toBeLessThanOrEqual(15)
    expect(new Set(stops.map(({ id }) => id)).size).toBe(stops.length)
  })

  it.each(stops.map(stop => [stop.id, stop] as const))('%s asks something that has an answer', (_, stop) => {
    const { options, right } = stop.question
    expect(options.length).toBeGreaterThanOrEqual(3)
    expect(new Set(options.map(({ id }) => id)).size).toBe(options.length)
    if (right === 'run') expect(stop.attack).toBeDefined()
    else expect(options.map(({ id }) => id)).toContain(right)
  })

  it('name only values and clauses that exist', () => {
    const texts = stops.flatMap(({ say, reveal, question }) => [
      ...say,
      ...reveal,
      question.ask,
      ...question.options.flatMap(({ text, why }) => [text, why]),
    ])
    const named = texts.flatMap(text => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))
    expect(named.filter(name => !isValueName(name))).toEqual([])
    expect(named.length).toBeGreaterThan(10)
    expect(texts.filter(text => /[—!]/.test(text))).toEqual([])
    for (const clause of stops.flatMap(({ clauses }) => clauses)) expect(clauseUrl(clause)).toMatch(/^https:/)
  })

  it('does not always have the right answer in the same place', () => {
    const places = stops.map(({ question: { options, right } }) =>
      options.findIndex(({ id }) => id === right),
    )
    for (const place of [0, 1, 2]) expect(places).toContain(place)
  })

  it('end with both thefts of the lab', () => {
    expect(stops.slice(-2).map(({ attack }) => attack)).toEqual([
      stolenCodeNoVerifier.id,
      stolenCodeWrongVerifier.id,
    ])
  })

  it('never hold the token request: a code lives shorter than it takes to read', () => {
    expect(stops.flatMap(({ held }) => held ?? [])).not.toContain('token_request')
  })
})

describe('predictions', () => {
  it('come before the way on', () => {
    const first = begin(stops)
    expect(forward(stops, first)).toBe(first)
    expect(numberOf(stops, forward(stops, predictFirst(first)))).toBe(2)
  })

  it('count once', () => {
    const said = answer(stops, begin(stops), 'shorter')
    expect(answer(stops, said, 'seen').answers).toEqual({ 'why-a-code': 'shorter' })
    expect(answer(stops, begin(stops), 'no such option').answers).toEqual({})
  })

  it('about an attack are judged by its run', () => {
    const steal = stopNamed('steal')
    const said = answer(stops, upTo('steal'), 'app')
    expect(rightOption(steal, said)).toBeNull()
    const of = scoreOf(stops, said).of
    const settled = settle(said, steal, 'authorization-server')
    expect(rightOption(steal, settled)).toBe('authorization-server')
    expect(scoreOf(stops, settled).of).toBe(of + 1)
    expect(settle(settled, steal, 'nobody')).toBe(settled)
  })
})

describe('where the world stands', () => {
  const address = stopNamed('the-address')

  it('is here while its message is held', () => {
    expect(situationOf(address, holding('authorization_request'))).toBe('here')
    expect(situationOf(stopNamed('why-a-code'), away)).toBe('here')
  })

  it('is past when its message has gone, also while a later one is held', () => {
    const told: World['told'] = new Set(['authorization_request'])
    expect(situationOf(address, { ...holding('authorization_response'), told })).toBe('past')
    expect(situationOf(address, { ...away, told: new Set(['session_changed']) })).toBe('past')
  })

  it('is coming, behind or away otherwise', () => {
    expect(situationOf(address, { ...away, status: 'signing_in' })).toBe('coming')
    expect(situationOf(address, holding('keys_request'))).toBe('behind')
    expect(situationOf(address, away)).toBe('away')
    expect(situationOf(stopNamed('renewal'), away)).toBe('away')
    expect(situationOf(stopNamed('renewal'), { ...away, status: 'signed_in' })).toBe('here')
  })

  it('takes no message of a hidden frame for its own', () => {
    const held = { kind: 'authorization_request', flowType: 'restore', refused: false } as const
    expect(situationOf(address, { ...away, held })).toBe('behind')
  })

  it('knows a refused code', () => {
    expect(situationOf(stopNamed('two-tokens'), holding('token_response', true))).toBe('refused')
    expect(situationOf(stopNamed('two-tokens'), holding('token_response'))).toBe('here')
  })
})

describe('the way on', () => {
  it('sends what is held, and nothing that is not', () => {
    const progress = upTo('the-address')
    const stop = stopOf(stops, progress)
    expect(goOf(stop, progress, 'here')).toBe('send')
    expect(goOf(stop, progress, 'past')).toBe('next')
    expect(goOf(stop, { ...progress, reached: 'bearer' }, 'here')).toBe('next')
  })

  it('does not begin a second sign-in from the first stop', () => {
    const progress = { ...begin(stops), reached: 'bearer' }
    expect(isReview(progress)).toBe(true)
    expect(goOf(stops[0], progress, 'here')).toBe('next')
    expect(goOf(stops[0], begin(stops), 'here')).toBe('sign-in')
  })

  it('holds only what is still to be seen', () => {
    expect(breakpointsFor(stops, begin(stops))).toEqual([
      'authorization_request',
      'authorization_response',
      'token_response',
      'profile_request',
      'userinfo_request',
    ])
    expect(breakpointsFor(stops, upTo('two-tokens'))).toEqual([
      'token_response',
      'profile_request',
      'userinfo_request',
    ])
    expect(breakpointsFor(stops, upTo('renewal'))).toEqual([])
  })

  it('ends after the last stop', () => {
    const last = predictFirst(upTo('catch'))
    const done = forward(stops, last)
    expect(done.finished).toBe(true)
    expect(breakpointsFor(stops, done)).toEqual([])
  })
})

describe('what is kept', () => {
  const moves = fc.array(
    fc.oneof(
      fc.constant({ type: 'forward' as const }),
      fc.constant({ type: 'back' as const }),
      fc.record({ type: fc.constant('answer' as const), place: fc.nat(5) }),
      fc.record({
        type: fc.constant('settle' as const),
        by: fc.constantFrom('app' as const, 'authorization-server' as const, 'nobody' as const),
      }),
    ),
    { maxLength: 80 },
  )

  it('is read back as it was, whatever the learner does', () => {
    fc.assert(
      fc.property(moves, all => {
        let progress = begin(stops)
        for (const move of all) {
          const before = progress
          const stop = stopOf(stops, progress)
          if (move.type === 'forward') progress = forward(stops, progress)
          if (move.type === 'back') progress = back(stops, progress)
          if (move.type === 'settle') progress = settle(progress, stop, move.by)
          if (move.type === 'answer')
            progress = answer(stops, progress, stop.question.options[move.place]?.id ?? 'none')
          const place = (id: string) => stops.findIndex(each => each.id === id)
          expect(place(progress.reached)).toBeGreaterThanOrEqual(place(before.reached))
          expect(place(progress.reading)).toBeLessThanOrEqual(place(progress.reached))
          expect(progress.answers).toMatchObject(before.answers)
        }
        expect(parseProgress(stops, JSON.stringify(progress))).toEqual(progress)
      }),
    )
  })

  it('begins anew when it is not of this lesson', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        const read = parseProgress(stops, JSON.stringify(value) ?? null)
        expect(read === null || stops.some(({ id }) => id === read.reached)).toBe(true)
      }),
    )
    const skipped = { ...begin(stops), reached: 'catch', reading: 'catch' }
    for (const text of [null, '', '{', '[]', '{"reached":"x","reading":"x"}', JSON.stringify(skipped)])
      expect(parseProgress(stops, text)).toBeNull()
  })

  it('is finished only when everything was predicted', () => {
    expect(parseProgress(stops, JSON.stringify({ ...upTo('nonce'), finished: true }))?.finished).toBe(false)
  })
})
