/** A sign-out that cannot come back: the same words before a sign-in and after the sign-out. */
import type { Preset } from '../presets/preset.ts'
import type { Cause } from './diagnosis.ts'
import { fixBy } from './finding.ts'

type SignOutWords = Pick<Cause, 'code' | 'title' | 'seen' | 'why' | 'fix'>

const fix = fixBy(
  'Nothing to set. Tell people on a shared computer to sign out at the provider as well, or to close the browser.',
)

export const noSignOut: SignOutWords = {
  code: 'logout_endpoint_missing',
  title: 'The provider’s own session stays after a sign-out',
  seen: 'end_session_endpoint is missing',
  why: 'The provider names no address to sign out at. This app forgets its tokens, and at the provider the person stays signed in.',
  fix,
}

/** @returns null where the provider follows the standard */
export const signOutOfItsOwn = ({ logout }: Preset): SignOutWords | null =>
  logout.ownWay
    ? {
        code: 'logout_own_way',
        title: 'The sign-out does not come back from the provider',
        seen: `wants ${logout.parameters.join(', ')}`,
        why: `${logout.text} This app sends the standard request: it forgets its tokens, the person ends on a page of the provider, and the session there may stay.`,
        fix,
      }
    : null
