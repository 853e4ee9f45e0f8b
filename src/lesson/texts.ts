/** The words around the stops, to be translated as they stand. */
import type { Situation } from './lesson.ts'

export const lessonTexts = {
  name: 'Lesson',
  place: (at: number, of: number) => `Stop ${at} of ${of}`,
  leave: 'Leave the lesson',
  fold: 'Fold the lesson',
  unfold: 'Open the lesson',
  back: 'Back',
  predict: 'This is my prediction',
  right: 'Right.',
  wrong: 'Not quite.',
  wrongRun: 'Not this time.',
  rightIs: 'The answer:',
  said: 'You said:',
  written: 'Where it is written',
  next: 'Go on',
  finish: 'Finish',
  signInAgain: 'Start the sign-in again',
  freshCode: 'Get a fresh code',
  letGo: 'Let it go',
  held: (kind: string) => `Held: ${kind}`,
  noRefreshToken:
    'Your provider gave no refresh token this time, so there is nothing to hand in. Where it may, the app asks in a hidden frame when this token ends. Read on all the same.',
  debuggerNotLoaded: 'What stops the messages could not be loaded. Press again.',
  renewalFailed: (code: string) => `The renewal did not work (${code}). The lesson goes on without it.`,
  running: 'The requests are on their way.',
  point: 'Now point at the place where the thief is caught.',
  pointed:
    'Caught. The hash of the made-up verifier is not the challenge that was kept with the code, so there are no tokens.',
  notHere: 'Not here. Up to this message nothing looks wrong to anybody.',
  overTitle: 'The end of the lesson',
  doneTitle: 'You caught a stolen code',
  done: 'You followed one real sign-in from the first address to the last token, and you know now who notices what.',
  score: (right: number, of: number) => `${right} of ${of} predictions were right.`,
  takeWith: [
    'Count on it that others see the address bar. So what travels there is worth nothing alone; secrets travel in direct requests.',
    'State: is this the answer to my question? PKCE: is this the one who asked? Nonce: is this token for this sign-in?',
    'The ID token is for the app. The access token is for the API.',
    'PKCE ends with the token request. What comes after needs its own protection.',
  ],
  startOver: 'Start over',
} as const

export const situationTexts: Readonly<Record<Exclude<Situation, 'here' | 'past'>, string>> = {
  refused:
    'The provider refused the code. A code lives for a minute or so, and this one may have waited too long while you were reading. Get a fresh one: your answers are kept.',
  coming: 'The next message is on its way. The lesson goes on when it is here.',
  behind: 'Another message is held before the one that this stop is about.',
  away: 'No sign-in is under way now. Start it again: it runs up to this stop, and your answers are kept.',
}
