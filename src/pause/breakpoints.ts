import type { StepKind } from '../oauth/step.ts'

/** The kinds of message that can be held, by the kind of Step they become. */
export type Breakpoint = Extract<StepKind, `${string}_request` | `${string}_response`>

export const breakpointKinds: readonly Breakpoint[] = [
  'discovery_request',
  'discovery_response',
  'keys_request',
  'keys_response',
  'par_request',
  'par_response',
  'authorization_request',
  'authorization_response',
  'token_request',
  'token_response',
  'userinfo_request',
  'userinfo_response',
  'profile_request',
  'profile_response',
  'api_request',
  'api_response',
  'refresh_request',
  'refresh_response',
  'revocation_request',
  'revocation_response',
  'end_session_request',
]

/** The chosen kinds, in their order, with this one put in or taken out. */
export const toggled = (chosen: readonly Breakpoint[], kind: string): Breakpoint[] =>
  breakpointKinds.filter(each => chosen.includes(each) !== (each === kind))
