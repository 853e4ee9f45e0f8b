/** The learner's place, kept in this browser: no secret. It survives the redirect and a reload. */
import { keyValueStore } from '../session/browser-ports.ts'

export const progressKey = 'pkce-lens.lesson'

/** Where storage is forbidden the lesson lasts as long as the page. */
const store = keyValueStore(() => localStorage)

export const readKept = () => store.get(progressKey)
export const keep = (text: string) => store.set(progressKey, text)
