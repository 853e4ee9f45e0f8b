/** All presets in the order in which they are offered, and how one is recognised. */
import { jsonObject } from '../oauth/check.ts'
import { anyIssuer } from './any-issuer.ts'
import { auth0 } from './auth0.ts'
import { authelia } from './authelia.ts'
import { authentik } from './authentik.ts'
import { cognito } from './cognito.ts'
import { deadEnds } from './dead-ends.ts'
import { demo } from './demo.ts'
import { entra } from './entra.ts'
import { fusionauth } from './fusionauth.ts'
import { gitlab } from './gitlab.ts'
import { hydra } from './hydra.ts'
import { keycloak } from './keycloak.ts'
import { logto } from './logto.ts'
import { okta } from './okta.ts'
import { pingone } from './pingone.ts'
import type { Preset } from './preset.ts'
import { spring } from './spring.ts'
import { zitadel } from './zitadel.ts'

/** Providers that a browser-only client can sign in at. */
export const working: readonly Preset[] = [
  demo,
  keycloak,
  auth0,
  okta,
  entra,
  gitlab,
  zitadel,
  logto,
  authentik,
  pingone,
  cognito,
  fusionauth,
  hydra,
  spring,
  authelia,
]

export const presets: readonly Preset[] = [...working, ...deadEnds, anyIssuer]

/** The preset of this id; an unknown id means any issuer. */
export function presetById(id: string): Preset {
  return presets.find(preset => preset.id === id) ?? anyIssuer
}

/** The preset whose issuer looks like this one; a guess, so it only decides which console is quoted. */
export function presetOfIssuer(issuer: string): Preset {
  return presets.find(preset => preset.issuerPattern?.test(issuer)) ?? anyIssuer
}

/**
 * What the person chose, unless that is any issuer: then the preset whose marks the discovery document bears, for a
 * provider on a domain of its owner's; as much a guess as the look of an issuer.
 * @param document as it was read; null, and what is no JSON object, gives nobody away
 */
export function recognise(chosen: Preset, document: string | null): Preset {
  const json = chosen.id === anyIssuer.id && document !== null ? jsonObject(document) : null
  if (!json) return chosen
  const compact = JSON.stringify(json)
  return presets.find(({ documentMarks }) => documentMarks?.every(mark => mark.test(compact))) ?? chosen
}
