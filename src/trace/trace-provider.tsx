import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import type { Trace } from './entry.ts'
import type { Recorder } from './recorder.ts'

const RecorderContext = createContext<Recorder | null>(null)

/** Gives the components below the recorder of this tab. */
export function TraceProvider({ recorder, children }: { recorder: Recorder; children: ReactNode }) {
  return <RecorderContext value={recorder}>{children}</RecorderContext>
}

/** The recorder itself: to load, to export. */
export function useRecorder(): Recorder {
  const recorder = useContext(RecorderContext)
  if (recorder === null) throw new Error('useRecorder needs a TraceProvider above it')
  return recorder
}

/** What happened until now; renders again when more happens. */
export function useTrace(): Trace {
  const recorder = useRecorder()
  return useSyncExternalStore(recorder.subscribe, recorder.getTrace, recorder.getTrace)
}
