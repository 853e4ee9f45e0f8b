/** What a journey is, and where it is walked. */
import type { Demo } from '../provider/demo.ts'
import type { Driver } from './driver.ts'

export interface Site {
  readonly demo: Demo
  /** The same app on another site than the provider: by address instead of by name. */
  readonly otherOrigin: string
  /** The same app where the driver of this engine can follow Back. */
  readonly backOrigin: string
}

/** Each one starts with an empty profile. */
export interface Journey {
  readonly claim: string
  /** @returns what was seen, for the line */
  readonly walk: (browser: Driver, site: Site) => Promise<string>
}
