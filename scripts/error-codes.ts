/** `npx tsx scripts/error-codes.ts`: writes docs/errors.md, every stable code with what a person reads about it. */
import { writeFileSync } from 'node:fs'
import { errorText, knownCodes, wayOn } from '../src/app/error-texts.ts'
import { retryRule } from '../src/oauth/oauth-error.ts'

const again: Readonly<Record<ReturnType<typeof retryRule>, string>> = {
  no: 'no',
  once: 'once',
  backoff: 'by itself, with growing pauses',
  user_action: 'when the person asks',
}

export function errorCodes(): string {
  const rows = knownCodes.map(code => {
    const { title, text, advice } = errorText({ code })
    const way = wayOn(code).signIn ? again[retryRule(code)] : 'no'
    return `| \`${code}\` | **${title}.** ${[text, advice].filter(Boolean).join(' ')} | ${way} |`
  })
  return `# Errors

Every failure has a stable code; a code never changes its meaning. \`session.error\`, \`session.profile.error\`, the error
that a call throws, or its \`hints\` have it; some are findings of the Provider page only. Every alert carries it as
\`data-error-code\`, and the doctor opens with it: \`/provider?failed=<code>\`. This page is written by
\`npx tsx scripts/error-codes.ts\` from \`src/app/error-texts.ts\`; a test holds the two together.
*Tried again* is what a renewal does by itself; at a sign-in nothing is repeated unless the person asks.

| code | what a person reads | tried again |
|---|---|---|
${rows.join('\n')}
`
}

if (process.argv[1]?.endsWith('error-codes.ts')) writeFileSync('docs/errors.md', errorCodes())
