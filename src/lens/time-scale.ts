/** A scale of time for the waterfall, with or without the stretches in which the app only waits for the person. */
import type { TimingRow } from '../sequence/timing.ts'

/** A stretch of time in which something happens, ms since the beginning, and where it is drawn, from 0 to 1. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly left: number
  readonly right: number
}

export interface TimeScale {
  /** 0 at the left edge, 1 at the right. */
  place(ms: number): number
  /** Where idle time was left out, from 0 to 1, and how long it was. */
  readonly cuts: readonly { readonly at: number; readonly ms: number }[]
  readonly ticks: readonly number[]
}

/** Idle time longer than this may be left out, ms. */
const longIdle = 250
/** What a cut takes of the width. */
const cutWidth = 0.05

/** @param whole false: time that nobody but the person spends is left out */
export function timeScale(rows: readonly TimingRow[], whole: boolean): TimeScale {
  const end = Math.max(1, ...rows.map(row => row.start + (row.duration ?? 0)))
  const begin = Math.min(0, ...rows.map(row => row.start))
  const busy = whole ? [{ from: begin, to: end }] : busyTimes(rows)
  const stretches = layOut(busy)
  return {
    place: ms => place(stretches, ms),
    cuts: stretches.slice(1).map((stretch, i) => {
      const before = stretches[i]
      return {
        at: ((before?.right ?? 0) + stretch.left) / 2,
        ms: stretch.from - (before?.to ?? 0),
      }
    }),
    ticks: ticksOf(stretches),
  }
}

function busyTimes(rows: readonly TimingRow[]): { from: number; to: number }[] {
  const times = rows
    .map(row => ({ from: row.start, to: row.start + (row.channel === 'front' ? 0 : (row.duration ?? 0)) }))
    .sort((a, b) => a.from - b.from)
  const busy: { from: number; to: number }[] = []
  for (const time of times) {
    const last = busy.at(-1)
    if (last === undefined || time.from - last.to > longIdle) busy.push(time)
    else busy[busy.length - 1] = { from: last.from, to: Math.max(last.to, time.to) }
  }
  return busy.length === 0 ? [{ from: 0, to: 1 }] : busy
}

function layOut(busy: readonly { from: number; to: number }[]): Stretch[] {
  const gaps = Math.min(0.6, cutWidth * (busy.length - 1))
  // A stretch of no length still needs room for its mark.
  const lengths = busy.map(({ from, to }) => Math.max(to - from, 8))
  const sum = lengths.reduce((all, length) => all + length, 0)
  let left = 0
  return busy.map(({ from, to }, i) => {
    const right = left + ((lengths[i] ?? 0) / sum) * (1 - gaps)
    const stretch = { from, to, left, right }
    left = right + (busy.length > 1 ? gaps / (busy.length - 1) : 0)
    return stretch
  })
}

function place(stretches: readonly Stretch[], ms: number): number {
  let before: Stretch | null = null
  for (const stretch of stretches) {
    if (ms < stretch.from) {
      if (before === null) return 0
      const part = (ms - before.to) / (stretch.from - before.to)
      return before.right + part * (stretch.left - before.right)
    }
    if (ms <= stretch.to) {
      const length = stretch.to - stretch.from
      return length === 0
        ? stretch.left
        : stretch.left + ((ms - stretch.from) / length) * (stretch.right - stretch.left)
    }
    before = stretch
  }
  return 1
}

/** The steps are a sixth of the whole or more. */
const mostTicks = 8

/** Round moments, as many as find room. */
function ticksOf(stretches: readonly Stretch[]): number[] {
  const sum = stretches.reduce((all, { from, to }) => all + to - from, 0)
  const step = roundStep(sum / 6)
  const ticks: number[] = []
  let last = -1
  for (const stretch of stretches)
    for (let i = 0; i < mostTicks; i++) {
      const at = (Math.ceil(stretch.from / step) + i) * step
      const x = place(stretches, at)
      if (at > stretch.to || (last >= 0 && x - last < 0.09)) continue
      ticks.push(at)
      last = x
    }
  return ticks
}

/** 1, 2 or 5 times a power of ten, at least a millisecond. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)))
  return [1, 2, 5, 10].map(times => times * power).find(step => step >= least) ?? power
}
