/** Stops five to seven: from the provider's answer to the token request. */
import type { Stop } from './stop.ts'

export const stopsOnReturn: readonly Stop[] = [
  {
    id: 'back-with-a-code',
    title: 'Back, with a code',
    say: [
      'You are back. The answer is held before the app has looked at it. In it are the {{code}} and the {{state}}. Many providers also say who they are, as `iss`.',
      'The address bar is clean already: the app took the answer out of it before anything else.',
    ],
    question: {
      ask: 'Suppose somebody copied this code on the way. What can they do with it?',
      options: [
        {
          id: 'profile',
          text: 'Read your profile',
          why: 'No API takes a code. It has to be turned into a token first.',
        },
        {
          id: 'hand-in',
          text: 'Try to hand it in at the provider before you do',
          why: 'A code is text. Whoever has it can send it, and may be faster than you. What they do not have is the verifier. At the end of the lesson you will try it yourself.',
        },
        {
          id: 'nothing',
          text: 'Nothing, because the code is bound to your computer',
          why: 'A code knows nothing about computers. It is bound to the client, to the address it was sent to, and to the challenge. A thief can copy all three, and only lacks the verifier behind the challenge.',
        },
      ],
      right: 'hand-in',
    },
    reveal: [
      'Codes do get out: through the history, through logs, through the address that one page tells the next, through another app that answers to the same address.',
      'That is why a code lives shortly and works once. It is not enough, because a thief can be quicker than you. Only the verifier makes the copy worthless.',
    ],
    clauses: [
      { document: 'RFC 6749', section: '4.1.2' },
      { document: 'RFC 9700', section: '4.2' },
      { document: 'RFC 9700', section: '4.3' },
    ],
    held: ['authorization_response'],
    tab: 'http',
    go: 'send',
    goLabel: 'Let the app go on',
  },
  {
    id: 'who-answered',
    title: 'Who answered',
    say: [
      'The app has compared the answer with what it put away, the state among it. The checks are on the marked line. Only then did it hand in the code. What came back for it is held.',
      'One check is about another danger. Think of an app with two providers to choose from, one of them dishonest. You choose that one, and it quietly sends you on to the honest one. You sign in there, and the code of the honest one comes back.',
    ],
    question: {
      ask: 'The app believes that the dishonest provider answered, and the state fits. What gives the trick away?',
      options: [
        {
          id: 'iss',
          text: '`iss`: the answer says who made it',
          why: 'The app kept the name of the provider it believes to be talking to. The answer carries another one. It stops before the code goes anywhere.',
        },
        {
          id: 'verifier',
          text: 'The verifier',
          why: 'The app would send the verifier itself, together with the code, to the dishonest provider. PKCE does not help when the app is the one who is misled.',
        },
        {
          id: 'code',
          text: 'The code, because it looks different',
          why: 'A code has no look that an app could know. It is whatever the provider likes.',
        },
      ],
      right: 'iss',
    },
    reveal: [
      'This is called a mix-up. A provider that sends `iss` lets the app compare. If yours does not send it, no check of `iss` stands on the line, and an app with one provider only has nothing to mix up.',
    ],
    clauses: [
      { document: 'RFC 9207', section: '2.4' },
      { document: 'RFC 9700', section: '4.4' },
    ],
    held: ['token_response'],
    look: ['authorization_response_checked'],
    tab: 'checks',
    go: 'next',
    goLabel: 'Go on',
  },
  {
    id: 'no-secret',
    title: 'No secret in a browser',
    say: [
      'On the marked line the app handed in the {{code}} and, for the first time, the {{code_verifier}}. The request went straight to the provider and stood in no address bar. It did not wait for you, because codes live for a minute or so.',
      'An app that runs on a server would add a client secret here. This one does not.',
    ],
    question: {
      ask: 'Why does a browser app send no client secret?',
      options: [
        {
          id: 'replaced',
          text: 'PKCE has taken its place',
          why: 'They answer different questions. A client secret says which app is asking. The verifier says that whoever asks now is the one who began. It does not prove which app that is.',
        },
        {
          id: 'readable',
          text: 'Everybody could read it, so it would be no secret',
          why: 'Whatever is in a page can be read by everybody who opens it. It would be the same for all of them.',
        },
        {
          id: 'cannot',
          text: 'Browsers cannot send one',
          why: 'They could send it like any other field. It would prove nothing.',
        },
      ],
      right: 'readable',
    },
    reveal: [
      'An app like this is a public client. The provider knows it by its `client_id` and by the addresses that were registered for it, and asks for nothing more.',
      'Keep the two apart: PKCE is required for public clients and recommended for those with a secret, because it does something that no secret does.',
    ],
    clauses: [
      { document: 'RFC 6749', section: '2.1' },
      { document: 'RFC 9700', section: '2.1.1' },
      { document: 'RFC 10017', section: '6.3.3.1' },
    ],
    held: ['token_response'],
    look: ['token_request'],
    tab: 'http',
    go: 'next',
    goLabel: 'Go on',
  },
]
