import { keyValueStore } from '../session/browser-ports.ts'

/** Session storage that answers instead of throwing: a browser may refuse it. */
export const tabStorage = keyValueStore(() => sessionStorage)
