/** What a provider may lack: an attack on what is not there proves nothing. */
import type { ServerMetadata } from '../oauth/metadata.ts'

/** What its metadata says. */
export const featuresOf = (metadata: ServerMetadata) => ({
  dpop: metadata.dpop_signing_alg_values_supported?.includes('ES256') === true,
  iss: metadata.authorization_response_iss_parameter_supported === true,
  par: metadata.pushed_authorization_request_endpoint !== undefined,
  revocation: metadata.revocation_endpoint !== undefined,
  userinfo: metadata.userinfo_endpoint !== undefined,
  'end-session': metadata.end_session_endpoint !== undefined,
})
