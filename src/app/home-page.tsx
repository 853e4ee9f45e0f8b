/** The start: the whole flow with its lens. The intro with its button is there at once, the lens loads behind it. */
import { useRef } from 'react'
import { FlowFrame } from '../lens/flow-frame.tsx'
import { PartNotLoaded } from '../ui/part.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { HomeIntro } from './home-intro.tsx'
import './home-page.css'
import { ownCode, useCode } from '../ui/own-code.tsx'

const flowCode = ownCode(() => import('./flow-route.tsx'))

/** @param keepInAddress false while a callback is held: the address is still being decided */
export function HomePage({ keepInAddress }: { keepInAddress: boolean }) {
  const { Component: Flow, error, retry } = useCode(flowCode)
  const box = useRef<HTMLDivElement>(null)
  // The lens brings the intro a place of its own.
  useKeptFocus(box, '.app-intro button:enabled')
  return (
    <div ref={box} className="app-flow">
      {Flow ? (
        <Flow keepInAddress={keepInAddress} />
      ) : (
        <FlowFrame
          notice={error && <PartNotLoaded name="The lens" onRetry={retry} />}
          left={null}
          side={<HomeIntro />}
        />
      )}
    </div>
  )
}
