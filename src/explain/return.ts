/** Act 3, Return: the code comes back, and the app asks whether the answer is its own. Step 2 of the overview. */
import type { ActOf } from './explanation.ts'

export const returning: ActOf<'authorization_response' | 'authorization_response_checked'> = {
  authorization_response: {
    title: 'Authorization response',
    what: 'The provider sends the browser back to the app with {{code}}, {{state}} and, where it supports that, its own name in `iss`. The app takes them out of the address bar at once.',
    why: 'The code is not a token. It lives for minutes at most, works once, and is worth nothing without the verifier. So it may travel through the address bar.',
    attack: 'Copy the code from the address bar, the history, a server log or the Referer header.',
    defence:
      'Without {{code_verifier}} the token endpoint refuses it. The page loads nothing from other origins, sends no Referer, and removes the code from the history. A browser extension that may read this page is another matter: it can read the verifier as well.',
    failure:
      'An `error` comes in place of `code`, for example `access_denied` or `login_required`. A page not found: the static host does not answer the callback path with the app.',
    when: {
      refused: 'This answer carries an error. It gets the same checks as a code before its text is believed.',
      frame: 'It arrived in a hidden frame. Our own callback page handed the query to the app in a message.',
      popup: 'It arrived in a second window. Our own callback page handed the query to the app in a message.',
      tampered: 'The answer was edited on its way to the app. What changed is marked.',
    },
    parameters: {
      code: 'Ticket for one exchange. Short-lived, single use, bound to this client and this challenge.',
      state: 'Must equal the one that the app made.',
      iss: 'Who is answering. Compared with the issuer that the app went to.',
      session_state: 'For session management, which this app does not use. Ignored.',
      error: 'Why there is no code.',
      error_description: 'The provider’s own words, shown as text and never trusted.',
      scope: 'What was granted, as some providers say already here.',
    },
    clauses: [
      {
        document: 'RFC 6749',
        section: '4.1.2',
        says: 'A code should live for ten minutes at most and must work once.',
      },
      { document: 'RFC 6749', section: '4.1.2.1', says: 'The error codes of this answer.' },
      { document: 'RFC 9207', section: '2', says: 'The provider names itself in `iss`.' },
      { document: 'RFC 9700', section: '4.3.1', says: 'Codes in the browser history, and what helps.' },
      { document: 'RFC 9700', section: '4.2.4', says: 'No Referer and no foreign content on this page.' },
    ],
  },
  authorization_response_checked: {
    title: 'Is this answer ours?',
    what: 'The app compares the returned {{state}} with the one it kept, and `iss`, where the answer has it, with the issuer it went to. The kept record is deleted in the same moment, so an answer counts once.',
    why: 'This is the moment to notice that an answer belongs to somebody else. No request is made with it before all checks have passed.',
    attack:
      'Hand you a link that finishes the attacker’s own sign-in (CSRF). Or, where an app knows several providers, make it send an honest provider’s code to a hostile one (mix-up).',
    defence:
      'A foreign `state` has no record in this tab. A foreign `iss` is not the issuer of the record. `state` does not help against mix-up and `iss` does not help against CSRF, so both are checked where both are there.',
    failure:
      '`auth_response_state_unknown`: this tab did not begin that sign-in. Reload and Back on a finished answer lead where it led. `auth_response_issuer_mismatch`: somebody else answers. The code is dropped and nothing is sent.',
    when: {
      refused:
        'The answer is an error that passed these checks, so it belongs to this sign-in. Who sent it is known only where `iss` was there.',
      silent:
        'A message from a hidden frame is accepted only from our own origin, from that very frame, and with a pending `state`.',
    },
    parameters: {
      state: 'Kept in session storage and compared; the record is deleted at first use.',
      iss: 'Compared as plain text, without normalising. Needed when the provider announces it.',
    },
    clauses: [
      {
        document: 'RFC 6749',
        section: '10.12',
        says: 'Why the redirect is bound to the browser that began.',
      },
      { document: 'RFC 6749', section: '3.1', says: 'No parameter may appear twice.' },
      {
        document: 'RFC 9207',
        section: '2.4',
        says: 'Compare `iss`; refuse when it differs, errors included.',
      },
      {
        document: 'RFC 9700',
        section: '4.4.2',
        says: 'Mix-up defence by issuer, or by one redirect address per issuer.',
      },
      { document: 'RFC 9700', section: '4.7.1', says: 'CSRF defences and what each relies on.' },
      { document: 'RFC 9700', section: '4.17.2', says: 'Exact origins for messages between windows.' },
    ],
  },
}
