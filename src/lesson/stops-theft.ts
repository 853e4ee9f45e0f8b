/** The last two stops: the learner steals a code, and then catches the thief. The messages are real. */
import type { Stop } from './stop.ts'

export const stopsOfTheTheft: readonly Stop[] = [
  {
    id: 'steal',
    title: 'You are the thief',
    say: [
      'Change sides. A fresh {{code}} is on its way to the app, and you have copied it, from a log or over a shoulder. You do not have the {{code_verifier}}.',
      'You send the code to the provider before the app does, and leave the verifier out. These are real requests with a real code of yours. Your own sign-in is not touched.',
    ],
    question: {
      ask: 'Who will stop you?',
      options: [
        {
          id: 'app',
          text: 'The app',
          why: 'The app is not asked. You talk to the provider directly.',
        },
        {
          id: 'browser',
          text: 'The browser',
          why: 'A browser keeps pages apart. It knows nothing about codes.',
        },
        {
          id: 'authorization-server',
          text: 'The authorization server',
          why: 'It kept the challenge with the code, so it can ask for the verifier that belongs to it.',
        },
        {
          id: 'resource-server',
          text: 'The API',
          why: 'An API looks at tokens. It would see you only once you have one.',
        },
        {
          id: 'nobody',
          text: 'Nobody',
          why: 'That is how it ends where the provider does not insist on the verifier.',
        },
      ],
      right: 'run',
    },
    reveal: [],
    clauses: [
      { document: 'RFC 7636', section: '4.6' },
      { document: 'RFC 9700', section: '2.1.1' },
    ],
    signedIn: true,
    look: ['token_request'],
    tab: 'explain',
    go: 'attack',
    goLabel: 'Hand in the stolen code',
    attack: 'stolen-code-no-verifier',
  },
  {
    id: 'catch',
    title: 'Catch the thief',
    say: [
      'Change sides again. The thief comes back with another stolen {{code}} and has made up a verifier this time. It is long enough, and every letter in it is allowed.',
    ],
    question: {
      ask: 'How can the provider tell that it is made up?',
      options: [
        {
          id: 'late',
          text: 'The code comes too late',
          why: 'The thief is fast. The code is fresh and was never used.',
        },
        {
          id: 'place',
          text: 'The request comes from another place',
          why: 'People change networks, and a thief may sit in yours. The standard does not look at it.',
        },
        {
          id: 'hash',
          text: 'Its hash is not the challenge that came with the request',
          why: 'The provider hashes what it is given and compares. To find a verifier that fits, the thief would have to turn the hash around.',
        },
      ],
      right: 'hash',
    },
    reveal: [],
    clauses: [{ document: 'RFC 7636', section: '4.6' }],
    signedIn: true,
    look: ['pkce_created'],
    tab: 'explain',
    go: 'attack',
    goLabel: 'Let the thief try',
    attack: 'stolen-code-wrong-verifier',
    catches: true,
  },
]
