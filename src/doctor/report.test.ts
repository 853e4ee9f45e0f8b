import { expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import { examine } from './doctor.ts'
import { report } from './report.ts'
import { issuer, scriptedProbe, withPaths } from './scripted-probe.test-data.ts'

test('the report says what was seen, where to change it and with which value, and holds no secret', async () => {
  const config = parseClientConfig(
    { issuer, client_id: 'pkce-lens', extra_authorization_params: { login_hint: 'alice@example.com' } },
    'https://app.example',
  )
  const findings = await examine({ config, ports: scriptedProbe(withPaths({ token: 'cors' })) })
  const text = report(config, findings, Date.parse('2026-11-24T12:00:00Z'), 'https://app.example')
  expect(text).toContain('- Issuer: `https://id.example.com/realms/lens`')
  expect(text).toContain('- Checked: 2026-11-24T12:00:00.000Z')
  expect(text).toMatch(/^## To fix$/m)
  expect(text).toContain('(`token_cors_blocked`, META-14): fetch blocked, server reachable')
  expect(text).toContain('  Where: Clients > pkce-lens > Settings > Web origins')
  expect(text).toContain('  Value: `https://app.example`')
  expect(text.indexOf('## To fix')).toBeLessThan(text.indexOf('## Well'))
  expect(text).not.toMatch(/alice@example|code_verifier|access_token=|client_secret/)
})
