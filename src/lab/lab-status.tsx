import { useStore } from 'zustand/react'
import { shortSpan } from '../ui/format.ts'
import { Status } from '../ui/status.tsx'
import { useNow } from '../ui/use-now.tsx'
import type { Lab } from './lab.ts'
import { questionTitle, verdictSentence } from './words.ts'

/** What happens now, seen and spoken politely; a countdown is seen only. */
export function LabStatus({ lab }: { lab: Lab }) {
  const { running, progress, runs, undefended, waiting, question } = useStore(lab.store)
  const until = waiting?.until ?? null
  const now = useNow(until !== null)
  const titleOf = (id: string) => lab.experiments.find(each => each.id === id)?.title ?? id
  const newest = [...Object.values(runs), ...Object.values(undefended)].sort((a, b) => b.at - a.at)[0]
  const place = progress ? `${progress.at} of ${progress.of}: ` : ''
  const ended =
    newest && `${titleOf(newest.experiment)}: ${verdictSentence(newest.outcome)}, ${newest.outcome.code}`
  const words = question
    ? 'A run waits for you'
    : running
      ? `${place}${waiting?.why ?? `Running ${titleOf(running.id)}`}`
      : ''
  return (
    <>
      <Status quiet>{question ? `${words}. ${questionTitle(question)}` : words || ended}</Status>
      {running && (
        <span className="lab-status" aria-hidden="true">
          {words}
          {until !== null && `: ${shortSpan(Math.max(0, until - now))}`}
        </span>
      )}
    </>
  )
}
