/** The lens over a recorder that may keep more than the app's: how far the picture itself carries. */
import { useLayoutEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import '../../src/ui/tokens.css'
import '../../src/ui/base.css'
import './page.css'
import type { InspectorTab } from '../../src/inspector/inspector-tabs.ts'
import { RevealProvider } from '../../src/inspector/reveal-context.tsx'
import { ThreadProvider } from '../../src/inspector/thread-context.tsx'
import { FlowView } from '../../src/lens/flow-view.tsx'
import { refresh, signIn } from '../../src/trace/fixtures.test-data.ts'
import { createRecorder } from '../../src/trace/recorder.ts'
import { TraceProvider } from '../../src/trace/trace-provider.tsx'

declare global {
  interface Window {
    benchLens: {
      /** Milliseconds from the request to draw to the drawn document. */
      firstPicture: number | null
    }
  }
}
window.benchLens = { firstPicture: null }

const most = 1_000_000
const wanted = Number(new URLSearchParams(location.search).get('entries'))
const recorder = createRecorder({
  storage: { get: () => null, set: () => false, remove: () => undefined },
  now: Date.now,
  tabId: 'bench',
  limits: { entries: most, flows: most },
})

/** One sign-in that is renewed until there is enough. */
async function fill(): Promise<void> {
  const { steps: first, flow, values } = await signIn()
  const steps = [...first]
  let spent = values.refreshToken
  while (steps.length < wanted) {
    const renewed = await refresh(flow, spent)
    steps.push(...renewed.steps)
    spent = renewed.refreshToken
  }
  for (const step of steps.slice(0, wanted)) recorder.observe(step)
  await recorder.settled()
}

function Lens({ from }: { from: number }) {
  const [selected, select] = useState<string | null>(null)
  const [tab, setTab] = useState<InspectorTab>('explain')
  useLayoutEffect(() => {
    window.benchLens.firstPicture ??= performance.now() - from
  }, [from])
  return (
    <FlowView expectation={null} selected={selected} onSelect={select} tab={tab} onTab={setTab} link={null} />
  )
}

const root = document.getElementById('root')
if (root)
  void fill().then(() =>
    createRoot(root).render(
      <TraceProvider recorder={recorder}>
        <ThreadProvider>
          <RevealProvider>
            <Lens from={performance.now()} />
          </RevealProvider>
        </ThreadProvider>
      </TraceProvider>,
    ),
  )
