/** The profile's code can be here before it is shown: asked for by several, loaded once. */
import { ownCode } from '../ui/own-code.tsx'

export const profileCode = ownCode(() => import('./profile-route.tsx'))
