/** Stops eight to thirteen: what the tokens are for, how they are renewed, and where PKCE ends. */
import type { Stop } from './stop.ts'

export const stopsWithTokens: readonly Stop[] = [
  {
    id: 'two-tokens',
    title: 'ID token and access token',
    say: [
      'A provider that follows the standard has now hashed the verifier and compared the result with the challenge it had kept. That cannot be seen from here, and tokens alone do not prove it: the last stops try it out.',
      'The answer is held. In it are an {{access_token}}, an {{id_token}}, and often a {{refresh_token}}.',
    ],
    question: {
      ask: 'The app wants to know who signed in. Which token may it read for that?',
      options: [
        {
          id: 'id',
          text: 'The ID token',
          why: 'It is addressed to the app: its `aud` is the `client_id`. It says who signed in, where and when.',
        },
        {
          id: 'access',
          text: 'The access token',
          why: 'It is addressed to the API. What it looks like is between the provider and the API, and may change tomorrow. The app carries it and does not look inside.',
        },
        {
          id: 'either',
          text: 'Either, both are about you',
          why: 'They have different readers. Mixing them up is a classic fault, in both directions.',
        },
      ],
      right: 'id',
    },
    reveal: [
      'The ID token is for the app, to know who you are. It is not sent to an API.',
      'The access token is for the API, to know what is allowed. It is not read by the app.',
      'An API that accepts ID tokens lets in whoever holds an ID token that was made for somebody else. One of the experiments tries it.',
    ],
    clauses: [
      { document: 'OpenID Connect Core', section: '2' },
      { document: 'RFC 6749', section: '1.4' },
      { document: 'RFC 9068', section: '5' },
    ],
    held: ['token_response'],
    tab: 'http',
    go: 'send',
    goLabel: 'Let the app check it',
  },
  {
    id: 'nonce',
    title: 'What the nonce adds',
    say: [
      'Before it used any token, the app checked the ID token: the signature, who made it, for whom, until when, and the {{nonce}}. The checks are on the marked line.',
    ],
    question: {
      ask: 'The state was compared long ago, and it fitted. What does the nonce add?',
      options: [
        {
          id: 'again',
          text: 'It is the same check once more, to be sure',
          why: 'The state came back beside the code. It says nothing about the token that the app got for that code.',
        },
        {
          id: 'tie',
          text: 'It ties the ID token itself to this sign-in',
          why: 'Somebody could have put another code into your answer, with your own state around it. The ID token for that code carries the nonce of another sign-in.',
        },
        {
          id: 'hide',
          text: 'It keeps the ID token unreadable for others',
          why: 'A nonce hides nothing. It stands in the token for everybody who holds it.',
        },
      ],
      right: 'tie',
    },
    reveal: [
      'A code in the wrong sign-in is an injected code. PKCE catches it too, at the provider, one step earlier. With the nonce the app can see it for itself.',
      'But the nonce does not help against a thief who hands in a code alone: then the ID token goes to the thief. There, only PKCE helps.',
    ],
    clauses: [
      { document: 'OpenID Connect Core', section: '3.1.3.7' },
      { document: 'RFC 9700', section: '4.5.3.2' },
    ],
    held: ['profile_request', 'userinfo_request'],
    look: ['id_token_checked'],
    tab: 'checks',
    go: 'next',
    goLabel: 'Go on',
  },
  {
    id: 'bearer',
    title: 'The access token at work',
    say: ['The app asks for your profile. The {{access_token}} goes along in the `Authorization` header.'],
    question: {
      ask: 'How does the other side know that the token comes from you, and not from a thief?',
      options: [
        {
          id: 'verifier',
          text: 'It compares the verifier',
          why: 'The verifier was used once and is gone. PKCE ended with the token request.',
        },
        {
          id: 'not',
          text: 'With a bearer token, it does not',
          why: 'Bearer means that whoever carries it may use it, like cash.',
        },
        {
          id: 'origin',
          text: 'It looks at the address of the page',
          why: 'A browser says which page is calling. A thief with another program says whatever they like.',
        },
      ],
      right: 'not',
    },
    reveal: [
      'So an access token lives shortly, is kept in memory only, travels over HTTPS, and never stands in an address.',
      'DPoP goes further: the token is bound to a key, every request carries a proof of its method and its address that was signed with it, and a copied token alone is of no use. If the header says `DPoP` instead of `Bearer`, this app does so.',
    ],
    clauses: [
      { document: 'RFC 6750', section: '1.2' },
      { document: 'RFC 6750', section: '5.3' },
      { document: 'RFC 9449', section: '1' },
    ],
    held: ['profile_request', 'userinfo_request'],
    tab: 'http',
    go: 'send',
    goLabel: 'Ask for the profile',
  },
  {
    id: 'renewal',
    title: 'When the token ends',
    say: [
      'You are signed in. The access token does not live long. With the {{refresh_token}} the app gets the next one without asking you. The answer in which it came is marked.',
      'A refresh token lives longer, so it is the better prize for a thief.',
    ],
    question: {
      ask: 'The app hands in its refresh token. Besides a new access token, what should a browser app get back?',
      options: [
        {
          id: 'same',
          text: 'Nothing, it keeps using the same refresh token',
          why: 'That is acceptable only when the refresh token is bound to a key. Otherwise a stolen copy would work as long as yours, and nobody would notice.',
        },
        {
          id: 'new',
          text: 'A new refresh token, and the old one is spent',
          why: 'This is rotation: every refresh token works once.',
        },
        {
          id: 'none',
          text: 'None at all, one renewal is enough',
          why: 'Then you would have to sign in again within minutes.',
        },
      ],
      right: 'new',
    },
    reveal: [
      'Renew now, and compare the two answers: the refresh token in the second has another fingerprint, if your provider rotates.',
    ],
    clauses: [
      { document: 'RFC 6749', section: '6' },
      { document: 'RFC 9700', section: '2.2.2' },
      { document: 'RFC 10017', section: '6.3.2.3' },
    ],
    signedIn: true,
    look: ['token_response'],
    tab: 'http',
    go: 'renew',
    goLabel: 'Renew now',
  },
  {
    id: 'rotation',
    title: 'What rotation is for',
    say: [
      'The newest answer with tokens is marked. With rotation, the {{refresh_token}} from before is spent.',
      'Some day, somebody shows the spent one again. It may be a thief with a copy. It may be you, after the thief was faster.',
    ],
    question: {
      ask: 'What should the provider do?',
      options: [
        {
          id: 'refuse',
          text: 'Refuse this one token and leave the rest alone',
          why: 'If the thief was faster, the thief now holds the good token and goes on with it.',
        },
        {
          id: 'family',
          text: 'End every token that came from this sign-in',
          why: 'Two hold tokens of one family, and the provider cannot tell who is the thief. So it ends for both, and you sign in once more.',
        },
        {
          id: 'accept',
          text: 'Accept it, perhaps the last answer was lost',
          why: 'Some providers do so for a few seconds, because answers do get lost. Beyond that, it would be no rotation.',
        },
      ],
      right: 'family',
    },
    reveal: [
      'Rotation does not prevent a theft. It brings it to light, as soon as both have used their copy.',
      'It is no cure for a script that was smuggled into the page: that one simply takes the newest token.',
    ],
    clauses: [
      { document: 'RFC 9700', section: '4.14.2' },
      { document: 'RFC 10017', section: '5.1.2' },
    ],
    look: ['refresh_response', 'token_response'],
    tab: 'http',
    go: 'next',
    goLabel: 'Go on',
  },
  {
    id: 'limits',
    title: 'What PKCE does not protect from',
    say: [
      'PKCE ties a code to the browser that began the sign-in. It is checked once, when the code is handed in. After that its work is done.',
    ],
    question: {
      ask: 'Which of these does PKCE stop?',
      options: [
        {
          id: 'script',
          text: 'A script that was smuggled into this page',
          why: 'It runs as the app. It can use the tokens, and it can begin a silent sign-in of its own, with its own verifier.',
        },
        {
          id: 'false-page',
          text: 'A false page that looks like the provider’s',
          why: 'You would type your password into the wrong page. No message of this protocol is involved.',
        },
        {
          id: 'token',
          text: 'An access token that was copied from a log',
          why: 'A token needs no verifier any more.',
        },
        {
          id: 'code',
          text: 'A code that another app on your phone caught',
          why: 'This is what it was made for: two apps answer to the same address, and the wrong one gets the code. Without the verifier it is worth nothing.',
        },
      ],
      right: 'code',
    },
    reveal: [
      'PKCE does not say who you are, or which app is asking. It does not help when the app talks to the wrong provider.',
      'And it protects only where the provider insists on it. If a code may be handed in without a verifier, leaving it out is enough. You will try exactly that now.',
    ],
    clauses: [
      { document: 'RFC 7636', section: '1' },
      { document: 'RFC 9700', section: '4.8.2' },
      { document: 'RFC 10017', section: '5.1.3' },
    ],
    look: ['token_request'],
    tab: 'explain',
    go: 'next',
    goLabel: 'Go on',
  },
]
