/** ID tokens that somebody has worked on, put into the token response on its way to the app. */
import { generateKeyPair, SignJWT } from 'jose'
import { decodeJwt } from '../oauth/id-token.ts'
import { jwtPart, unsignedJwt } from './forge.ts'
import { editAnswer } from './scripted-hold.ts'
import type { Tools } from './tools.ts'
import { notBlocked, type Outcome, ofError } from './verdict.ts'

/** Whom the forged tokens speak of. */
const somebodyElse = 'somebody-else'

/** Signs in while the ID token is replaced. @param forge is given the genuine one */
export async function ofForgedIdToken(
  { app }: Tools,
  forge: (idToken: string) => Promise<string>,
): Promise<Outcome> {
  const edit = editAnswer('token', async json => ({
    ...json,
    id_token: await forge(String(json['id_token'])),
  }))
  try {
    await app.signIn({ edit })
    return notBlocked('signed_in')
  } catch (error) {
    return ofError(error)
  }
}

function read(idToken: string): { header: Record<string, unknown>; claims: Record<string, unknown> } {
  const jwt = decodeJwt(idToken)
  return { header: jwt?.header ?? {}, claims: { ...jwt?.payload, sub: somebodyElse } }
}

/** About somebody else, with the signature as it was. */
export function altered(idToken: string): string {
  const { claims } = read(idToken)
  const [header = '', , signature = ''] = idToken.split('.')
  return `${header}.${jwtPart(claims)}.${signature}`
}

/** About somebody else, without a signature (RFC 7519 §6). */
export function unsigned(idToken: string): string {
  const { header, claims } = read(idToken)
  return unsignedJwt(header, claims)
}

/** About somebody else, properly signed with a key made here, under the name of the published one. */
export async function signedByAttacker(idToken: string): Promise<string> {
  const { header, claims } = read(idToken)
  const alg = String(header['alg'])
  const { privateKey } = await generateKeyPair(alg)
  return new SignJWT(claims).setProtectedHeader({ ...header, alg }).sign(privateKey)
}
