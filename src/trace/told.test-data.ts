/** What the fixtures are made of: real random values, real hashes, tokens that are really signed, a clock that moves. */
import { base64url, generateKeyPair, SignJWT } from 'jose'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { Check, FlowType, HttpRequest, HttpResponse, Step, StepKind } from '../oauth/step.ts'

export const issuer = 'http://localhost:9000'
export const api = 'http://localhost:9001'
export const app = 'http://localhost:5173'
export const clientId = 'pkce-lens'
export const scope = 'openid profile email offline_access profile:read'
export const person = {
  sub: 'u_7Q2-b9x1',
  name: 'Maya Okafor',
  email: 'maya.okafor@example.com',
  phone_number: '+4915112345678',
}

export interface Values {
  readonly verifier: string
  readonly challenge: string
  readonly state: string
  readonly nonce: string
  readonly code: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly idToken: string
}

export const keys = generateKeyPair('ES256', { extractable: true })
let clock = Date.UTC(2026, 10, 24, 9, 30)

export function random(bytes = 32): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(bytes)))
}

export async function s256(text: string): Promise<string> {
  return base64url.encode(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
  )
}

export async function jwt(claims: Record<string, unknown>, typ = 'JWT'): Promise<string> {
  const { privateKey } = await keys
  const signer = new SignJWT({ iss: issuer, sub: person.sub, ...claims })
  return signer
    .setProtectedHeader({ alg: 'ES256', kid: 'demo-1', typ })
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey)
}

export async function values(): Promise<Values> {
  const verifier = random()
  const nonce = random(16)
  return {
    verifier,
    challenge: await s256(verifier),
    state: random(16),
    nonce,
    code: random(),
    accessToken: await jwt({ aud: api, scope, jti: random(8) }, 'at+jwt'),
    refreshToken: random(),
    idToken: await jwt({ aud: clientId, nonce }),
  }
}

/** Lets time pass, in milliseconds; returns the time now. */
export function pass(milliseconds: number): number {
  clock += milliseconds
  return clock
}

/** Told by the session: the time moves on by itself. */
export function teller(flow: string, flowType: FlowType) {
  const told = () => {
    clock += 3
    return { flow, flowType, at: clock }
  }
  let exchange = 0
  const name = () => `${flow}.${exchange}`
  return {
    told,
    ask: (request: HttpRequest) => {
      exchange++
      return { ...told(), exchange: name(), request }
    },
    answer: (response: HttpResponse, checks: readonly Check[] = [], of = name()) => {
      clock += 40
      return { ...told(), exchange: of, response, duration: 43, checks }
    },
    failed: (during: StepKind, error: OAuthErrorDetails, of?: string): Step => ({
      ...told(),
      kind: 'failed',
      during,
      error,
      ...(of === undefined ? {} : { exchange: of }),
    }),
    name,
  }
}

export function get(url: string, headers: Record<string, string> = {}): HttpRequest {
  return { method: 'GET', url, headers: { accept: 'application/json', ...headers }, body: null }
}

export function form(url: string, body: Record<string, string>): HttpRequest {
  const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', url, headers, body: new URLSearchParams(body).toString() }
}

export function json(status: number, body: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

export function check(requirement: string, passed: boolean, more: Partial<Check> = {}): Check {
  return {
    requirement,
    name: `${requirement} holds`,
    expected: 'this',
    received: passed ? 'this' : 'that',
    outcome: passed ? 'passed' : 'failed',
    clause: 'RFC 6749 §4.1.2',
    ...more,
  }
}
