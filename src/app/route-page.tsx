/** Pages with code of their own, by how they are come to. */
import { type ComponentType, lazy, type ReactNode, useState } from 'react'
import { type OwnCode, useCode } from '../ui/own-code.tsx'
import { Progress } from '../ui/progress.tsx'
import { arrivalUrl } from './arrival.ts'

export interface PageCode extends OwnCode<object> {
  /** The page, suspended while its code is on its way. */
  readonly Later: ComponentType
}

export function pageCode(code: OwnCode<object>): PageCode {
  // `lazy` keeps a failure for good, and throws it at a page that is being drawn: so there is none, but another try.
  const again = () => <WaitedFor code={code} />
  const Later = lazy(async () => ({ default: await code.load().catch(() => again) }))
  return { ...code, Later }
}

export interface RoutePageProps {
  readonly code: PageCode
  /** Shown while the code is on its way. */
  readonly waiting?: ReactNode
}

/**
 * A page that the address bar asked for shows a progress while its code is on its way. Come to from another page, that
 * one stays until this one can be drawn.
 */
export function RoutePage({ code, waiting }: RoutePageProps) {
  // Chosen once: another component in this place would lose its state.
  const [Page] = useState(() => {
    const isArrival = location.pathname === new URL(arrivalUrl).pathname
    return code.here() ?? (isArrival ? null : code.Later)
  })
  return Page ? <Page /> : <WaitedFor code={code} waiting={waiting} />
}

interface WaitedForProps {
  readonly code: OwnCode<object>
  readonly waiting?: ReactNode
}

function WaitedFor({ code, waiting = <Progress label="Loading the page" /> }: WaitedForProps) {
  const { Component: Page, error } = useCode(code)
  if (error) throw error
  return Page ? <Page /> : waiting
}
