import { describe, expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import { examine } from './doctor.ts'
import { endpointNames } from './metadata.ts'
import { whyNotAsked } from './not-asked.ts'
import { issuer, json, scriptedProbe, withMetadata } from './scripted-probe.test-data.ts'

describe('which addresses may be asked', () => {
  test.each([
    ['https://id.example.com/token', issuer, null],
    ['https://other.example/token', issuer, null],
    ['http://id.example.com/token', issuer, 'insecure'],
    ['http://192.168.1.1/reboot', issuer, 'insecure'],
    ['ftp://id.example.com/token', issuer, 'insecure'],
    ['http://localhost:2375/containers/prune', issuer, 'this_computer'],
    ['https://localhost./', issuer, 'this_computer'],
    ['http://127.1:2375/', issuer, 'this_computer'],
    ['http://[::1]/', issuer, 'this_computer'],
    ['https://[::ffff:127.0.0.1]/', issuer, 'this_computer'],
    ['https://0.0.0.0/', issuer, 'this_computer'],
    ['https://0x7f000001/', issuer, 'this_computer'],
    ['https://192.168.1.1/reboot', issuer, 'local_network'],
    ['https://nas.local/', issuer, 'local_network'],
    ['http://localhost:1/', 'https://192.168.1.7', 'this_computer'],
    ['https://192.168.1.8/', 'https://192.168.1.7', null],
    ['http://127.0.0.1:9001/token', 'http://localhost:9000', null],
    ['https://id.example.com/token', 'http://localhost:9000', null],
  ])('META-07: %s named by %s: %s', (address, named, expected) => {
    expect(whyNotAsked(new URL(address), new URL(named))).toBe(expected)
  })
})

const everyEndpointAt = (address: string) =>
  Object.fromEntries(endpointNames.map(name => [name, `${address}/${name}?confirm=yes`]))

async function examined(at: string, scope = 'openid') {
  const answers = withMetadata(everyEndpointAt(at))
  // Whatever is asked there would answer, and be readable.
  const ports = scriptedProbe(request => (request.url.startsWith(at) ? json({ keys: [] }) : answers(request)))
  const config = parseClientConfig(
    { issuer, client_id: 'pkce-lens', scope, dpop: true },
    'https://app.example',
  )
  const found = await examine({ config, ports })
  return { asked: ports.requests.filter(each => each.url.startsWith(at)), found }
}

describe('an endpoint that leads elsewhere', () => {
  test.each([
    ['http://localhost:2375', 'endpoint_not_asked', 'fail', /not asked, because.*on this computer/],
    ['https://192.168.1.1', 'endpoint_not_asked', 'warn', /not asked, because.*in the local network/],
    ['http://192.168.1.1', 'discovery_insecure_endpoint', 'fail', /not asked/],
  ] as const)('META-07: %s gets no request of any kind, and %s says so', async (at, code, level, why) => {
    const { asked, found } = await examined(at)
    expect(asked).toEqual([])
    const finding = found.find(each => each.code === code)
    expect(finding).toMatchObject({ level, question: 'endpoints', seen: endpointNames.join(', ') })
    expect(finding?.why).toMatch(why)
    // Nothing is concluded from a request that was not sent.
    const concluded = ['token_cors', 'keys', 'userinfo_cors', 'authorization_cors']
    expect(found.filter(each => concluded.includes(each.question))).toEqual([])
    expect(found.find(each => each.code === 'sign_out_possible')?.seen).toBe('1 of 2')
  })

  test('the same addresses are asked when the issuer is there as well', async () => {
    const near = 'http://localhost:9000'
    const ports = scriptedProbe(({ url }) =>
      url.endsWith('/openid-configuration')
        ? json({ ...everyEndpointAt(near), issuer: near, response_types_supported: ['code'] })
        : json({}),
    )
    const config = parseClientConfig({ issuer: near, client_id: 'pkce-lens' }, 'http://localhost:5173')
    const found = await examine({ config, ports: { ...ports, origin: 'http://localhost:5173' } })
    expect(found.some(each => each.code === 'endpoint_not_asked')).toBe(false)
    expect(ports.requests.some(each => each.url.includes('token_endpoint'))).toBe(true)
  })
})
