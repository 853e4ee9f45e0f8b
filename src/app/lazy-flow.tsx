import { lazy } from 'react'

/** One for both pages that show the flow: loaded on the first, it is there at once on the second. */
export const Flow = lazy(() => import('./flow-route.tsx'))
