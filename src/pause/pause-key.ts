/** Set in the tab's storage while pausing is on: tells `app/debugger-access.ts` to load the debugger at once. */
export const pauseKey = 'pkce-lens.pause'
