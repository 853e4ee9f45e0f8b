/**
 * What is revealed on this page, for every part of it that shows secrets: they stand apart, and V means them all.
 * Nothing is remembered: a reload hides again, and so does leaving the last of those parts.
 */
import { createStore } from 'zustand/vanilla'

export interface Revealed {
  /** Secrets are shown unless hidden one by one. */
  readonly all: boolean
  /** The other way round than `all` says. */
  readonly apart: ReadonlySet<string>
}

const nothing: Revealed = { all: false, apart: new Set() }
export const revealed = createStore<Revealed>(() => nothing)

export function toggle(key: string): void {
  const apart = new Set(revealed.getState().apart)
  if (!apart.delete(key)) apart.add(key)
  revealed.setState({ apart })
}

export function toggleAll(): void {
  revealed.setState(({ all }) => ({ all: !all, apart: new Set() }))
}

let parts = 0

/** A part that shows secrets is there; call what is returned when it goes. */
export function enter(): () => void {
  parts++
  return () => {
    parts--
    if (parts === 0) revealed.setState(nothing)
  }
}
