/** What this browser tab recorded itself, told apart from what it opened as a file. */
import type { Trace } from './entry.ts'

const ofFile = 'file '

/** The name of a tab in a file: no tab here has it. */
export const fileTab = (tab: string): string => ofFile + tab

/** Without what a file told: nothing of it was said to this page. */
export const ownTrace = ({ entries, folded }: Trace): Trace => ({
  entries: entries.filter(({ tab }) => !tab.startsWith(ofFile)),
  folded,
})
