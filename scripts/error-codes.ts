/** `npx tsx scripts/error-codes.ts`: writes docs/errors.md, every stable code with what a person reads about it. */
import { writeFileSync } from 'node:fs'
import { errorText, knownCodes } from '../src/app/error-texts.ts'
import { retryRule } from '../src/oauth/retry-rule.ts'

/** They stand in the catalogue of this project's specification and keep their words; nothing here gives them. */
export const notGiven: ReadonlySet<string> = new Set([
  'auth_response_already_used',
  'silent_frame_blocked',
  'popup_opener_severed',
])

const rules: Readonly<Record<ReturnType<typeof retryRule>, string>> = {
  no: 'no',
  once: 'once',
  backoff: 'by itself',
  user_action: 'person',
}

/** Beside the rule of the client: a nonce that CORS hides leaves nothing to repeat with, and a note stops nothing. */
const neverAgain = new Set(['dpop_nonce_missing', 'auth_response_issuer_unadvertised'])

/** The client does not repeat them, and another try of the person may end better. */
const personMayTry = new Set([
  'message_dropped',
  'token_http_error',
  'token_response_not_json',
  'id_token_auth_time_too_old',
  'id_token_acr_unsatisfied',
  'dpop_key_unavailable',
  'dpop_nonce_retry_exhausted',
  'silent_subject_changed',
  'userinfo_http_error',
  'userinfo_request_failed',
  'resource_request_failed',
  'page_not_loaded',
  'unexpected',
])

function again(code: string): string {
  if (neverAgain.has(code)) return 'no'
  return personMayTry.has(code) ? 'person' : rules[retryRule(code)]
}

export function errorCodes(): string {
  const rows = knownCodes.map(code => {
    const { title, text, advice } = errorText({ code })
    const words = `**${title}.** ${[text, advice].filter(Boolean).join(' ')}`
    const isGiven = !notGiven.has(code)
    return `| \`${code}\` | ${words} | ${isGiven ? again(code) : 'not given'} |`
  })
  return `# Errors

Every failure has a stable code; a code never changes its meaning. \`session.error\`, \`session.profile.error\`, the error
that a call throws, or its \`hints\` have it; some are findings of the Provider page only. Every alert carries it as
\`data-error-code\`, and the doctor opens with it: \`/provider?failed=<code>\`. This page is written by
\`npx tsx scripts/error-codes.ts\` from \`src/app/error-texts.ts\`; a test holds the two together.

*Again*: \`by itself\` = a renewal repeats it with pauses (at a sign-in nothing is repeated); \`once\` = was repeated once
already when you see it; \`person\` = a new sign-in or another try may help; \`no\`; \`not given\` = kept for its meaning,
not given by this version.

| code | what a person reads | again |
|---|---|---|
${rows.join('\n')}
`
}

if (process.argv[1]?.endsWith('error-codes.ts')) writeFileSync('docs/errors.md', errorCodes())
