/** Stops one to four: before the browser leaves for the provider. Words only, to be translated as they stand. */
import type { Stop } from './stop.ts'

export const stopsBeforeLeaving: readonly Stop[] = [
  {
    id: 'why-a-code',
    title: 'Why a code at all',
    say: [
      'You are about to sign in, for real. The lesson stops at every message that matters, asks you first, and then lets it go.',
      'Four take part: you, this app in your browser, the authorization server that knows you, and the API that holds your profile.',
      'In the end the app needs an {{access_token}}. But this app is a static page, and the provider can answer it in one way only: it sends your browser to an address of the app, with the answer written into that address.',
    ],
    question: {
      ask: 'The provider could write the access token into that address. It writes a short-lived code there instead. Why?',
      options: [
        {
          id: 'shorter',
          text: 'A code is shorter, and addresses have a limit.',
          why: 'Length is not the reason. Many access tokens would fit into an address, and for years they were sent that way.',
        },
        {
          id: 'seen',
          text: 'Addresses are seen by many. A code alone buys nothing.',
          why: 'An address ends up in the history, in logs, in screenshots. The code works once, for a short time, and only together with a secret that was never in an address.',
        },
        {
          id: 'encrypted',
          text: 'A code is encrypted, a token is not.',
          why: 'A code is not encrypted. It is a reference that only the provider can look up, and anybody can copy it.',
        },
      ],
      right: 'seen',
    },
    reveal: [
      'The token used to travel in the address. That was the implicit grant, and RFC 9700 advises against it.',
      'So the code comes through the address bar, and the tokens come through a direct request. The rest of the lesson is about making the code worthless to anybody else.',
    ],
    clauses: [
      { document: 'RFC 9700', section: '2.1.2' },
      { document: 'RFC 6749', section: '1.3.1' },
    ],
    look: ['authorization_response'],
    tab: 'explain',
    go: 'sign-in',
    goLabel: 'Start the sign-in',
  },
  {
    id: 'verifier-and-challenge',
    title: 'The verifier and the challenge',
    say: [
      'Before it leaves, the app made a random secret, the {{code_verifier}}. From the secret it computed a hash, the {{code_challenge}}. Both are on the marked line.',
      'From the secret to the hash is one step. From the hash back to the secret there is no way but guessing, and there are too many guesses.',
    ],
    question: {
      ask: 'Only one of the two goes into the address now. Which one?',
      options: [
        {
          id: 'challenge',
          text: 'The hash, `code_challenge`',
          why: 'Everybody may see the hash. It gives the secret away to nobody.',
        },
        {
          id: 'verifier',
          text: 'The secret, `code_verifier`',
          why: 'Then whoever sees the address has the secret, and could collect the tokens with it. It stays in this tab until the code is handed in.',
        },
        {
          id: 'both',
          text: 'Both, so that the provider can compare',
          why: 'The provider will compare, but later. Now it only needs to remember the hash. With both in one address nothing would be secret any more.',
        },
      ],
      right: 'challenge',
    },
    reveal: [
      'Show the hash when you ask, show the secret when you collect. That is all of PKCE. The provider keeps the hash with the code and compares when the code is handed in.',
      'There is an older method called `plain`, where the challenge is the verifier itself. Then the address carries the secret. This app only ever uses `S256`, the hash.',
    ],
    clauses: [
      { document: 'RFC 7636', section: '4.1' },
      { document: 'RFC 7636', section: '4.2' },
      { document: 'RFC 7636', section: '7.2' },
    ],
    held: ['authorization_request'],
    look: ['pkce_created'],
    tab: 'explain',
    go: 'next',
    goLabel: 'Go on',
  },
  {
    id: 'three-values',
    title: 'State, nonce and PKCE',
    say: [
      'The app made two more random values and put them away in this tab: {{state}} and {{nonce}}. They look like the verifier, but each has its own work.',
      '{{state}} comes back in the address, beside the code. {{code_verifier}} goes to the provider together with the code. {{nonce}} comes back inside the ID token, under its signature.',
    ],
    question: {
      ask: 'A stranger sends you a link to the callback of this app, with a code from their own sign-in. You click it. Which value lets the app refuse before it sends anything?',
      options: [
        {
          id: 'state',
          text: '`state`',
          why: 'The state in the link is not one that this tab put away. The app stops at once. Otherwise you would be signed in as the stranger, and might not notice.',
        },
        {
          id: 'verifier',
          text: '`code_verifier`',
          why: 'It would not fit the stranger’s code, and the provider would refuse. But for that the app has to send the code first.',
        },
        {
          id: 'nonce',
          text: '`nonce`',
          why: 'The ID token for the stranger’s code would carry another nonce. But that token comes last, after the code was handed in.',
        },
      ],
      right: 'state',
    },
    reveal: [
      '{{state}}: the app compares, as soon as the answer arrives. Is this the answer to a question of mine?',
      '{{code_verifier}}: the provider compares, when the code is handed in. Is this the one who asked?',
      '{{nonce}}: the app compares, in the ID token. Was this token made for this sign-in?',
      'All three would stop the stranger’s link, one earlier than the other. RFC 9700 lets PKCE stand in for the state where the provider is known to check it, and with OpenID Connect the nonce as well. This app uses all three.',
    ],
    clauses: [
      { document: 'RFC 9700', section: '2.1' },
      { document: 'RFC 9700', section: '4.7.1' },
      { document: 'OpenID Connect Core', section: '3.1.2.1' },
    ],
    held: ['authorization_request'],
    look: ['transaction_created'],
    tab: 'explain',
    go: 'next',
    goLabel: 'Go on',
  },
  {
    id: 'the-address',
    title: 'The address, before you leave',
    say: [
      'This is the authorization request: an address, held before your browser goes there. You can read it, the provider will read it, and so can anybody who sees your address bar.',
    ],
    question: {
      ask: 'Which of these is not sent with it?',
      options: [
        {
          id: 'client-id',
          text: 'The `client_id`',
          why: 'It is sent. It is the name of the app and no secret.',
        },
        {
          id: 'challenge',
          text: 'The `code_challenge`',
          why: 'It is sent. The provider has to remember it.',
        },
        {
          id: 'secret',
          text: 'A password or a secret of the app',
          why: 'There is none. You type your password at the provider, and this app never sees it. The app itself has no secret at all, as you will see.',
        },
        {
          id: 'redirect',
          text: 'The address to come back to',
          why: 'It is sent, as `redirect_uri`. The provider goes there only if it is exactly one that was registered.',
        },
      ],
      right: 'secret',
    },
    reveal: [
      '`response_type=code` asks for a code. `scope` says what for. `redirect_uri` says where to answer, and must equal the registered address letter by letter.',
      'With some providers the app hands these values over in a direct request first. Then the address holds only a reference to them.',
      'Once you send it, this page goes away. Sign in at the provider. The lesson waits for you on the way back.',
    ],
    clauses: [
      { document: 'RFC 6749', section: '4.1.1' },
      { document: 'RFC 7636', section: '4.3' },
      { document: 'RFC 9700', section: '2.1' },
    ],
    held: ['authorization_request'],
    tab: 'http',
    go: 'send',
    goLabel: 'Send it, and sign in',
  },
]
