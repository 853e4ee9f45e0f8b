/** What happens to the session, for the eye and for a screen reader. Who is signed in has a name and other words. */
export const statusWords = {
  starting: 'Looking for your session',
  signed_out: 'Signed out',
  signing_in: 'Going to the sign-in page',
  signing_out: 'Signing out',
} as const
