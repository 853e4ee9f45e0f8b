/** A sign-out at a provider that takes the refresh token back and cannot take back an access token, which is a JWT. */
import type { Step } from '../oauth/step.ts'
import { signIn, signOut } from '../trace/fixtures.test-data.ts'

const code = 'revocation_unsupported_token_type'

/** A sign-in and its sign-out, in which the last revocation is answered 400. */
export async function selfEndingSteps(): Promise<readonly Step[]> {
  const { steps, flow, values } = await signIn()
  const end = signOut(flow, values)
  const asked = end.find(({ kind }) => kind === 'revocation_request')
  const answered = end.find(({ kind }) => kind === 'revocation_response')
  if (asked?.kind !== 'revocation_request' || answered?.kind !== 'revocation_response')
    throw new Error('nothing was handed back')
  const exchange = 'access'
  const body = new URLSearchParams({ token: values.accessToken, token_type_hint: 'access_token' }).toString()
  const refusal = '400 unsupported_token_type'
  const second: Step[] = [
    { ...asked, exchange, request: { ...asked.request, body } },
    {
      ...answered,
      exchange,
      response: { status: 400, headers: {}, body: '{"error":"unsupported_token_type"}' },
      checks: [
        {
          requirement: 'REV-03',
          name: 'The server took the token back',
          expected: '200',
          received: refusal,
          outcome: 'failed',
          clause: 'RFC 7009 §2.2',
          code,
        },
      ],
    },
    {
      kind: 'failed',
      flow: asked.flow,
      flowType: asked.flowType,
      at: answered.at,
      during: 'revocation_response',
      exchange,
      error: { code, expected: 'The server took the token back: 200', received: refusal },
    },
  ]
  const at = end.indexOf(answered) + 1
  return [...steps, ...end.slice(0, at), ...second, ...end.slice(at)]
}
