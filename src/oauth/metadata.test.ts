import { describe, expect, it } from 'vitest'
import { document, kept } from './client.test-data.ts'
import { parseMetadata } from './metadata.ts'

describe('metadata', () => {
  it('is read member by member; what has the wrong type is left out', () => {
    const { userinfo_endpoint: _, id_token_signing_alg_values_supported: __, ...rest } = kept
    const odd = {
      userinfo_endpoint: 5,
      id_token_signing_alg_values_supported: 'ES256',
      require_pushed_authorization_requests: 'true',
      unknown: 'x',
    }
    const read = parseMetadata({ ...document, ...odd, scopes_supported: ['openid', 7] })
    expect(read).toStrictEqual({
      ...rest,
      scopes_supported: ['openid'],
      require_pushed_authorization_requests: false,
    })
    expect(parseMetadata({ ...document, userinfo_endpoint: '' })).not.toHaveProperty('userinfo_endpoint')
  })

  it('keeps all that is said', () => {
    const more = {
      require_pushed_authorization_requests: true,
      scopes_supported: ['openid'],
    }
    expect(parseMetadata({ ...document, ...more })).toEqual({ ...kept, ...more })
  })

  it.each(['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'])('needs %s', name => {
    expect(parseMetadata({ ...document, [name]: undefined })).toBeNull()
    expect(parseMetadata({ ...document, [name]: 1 })).toBeNull()
  })

  it('is read again as it was kept', () => {
    const read = parseMetadata(document)
    expect(parseMetadata(JSON.parse(JSON.stringify(read)))).toEqual(read)
    for (const other of [null, [], 'text']) expect(parseMetadata(other)).toBeNull()
  })
})
