import { expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import { examine } from './doctor.ts'
import type { Finding } from './finding.ts'
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

test('nothing that comes from outside can end the code or the line that it stands in', () => {
  const evil = 'x` <img src=y>\n\n# Owned\n| a | b |'
  const finding: Finding = {
    code: 'discovery_issuer_mismatch',
    question: 'discovery',
    level: 'fail',
    title: 'The document names another issuer',
    seen: evil,
    why: evil,
    requirement: 'META-04',
    compare: { given: 'https://id.example.com', named: evil },
    fix: { text: evil, consolePath: ['Clients', evil], copy: evil },
  }
  const config = { ...parseClientConfig({ issuer, client_id: 'app' }, 'https://app.example'), scope: evil }
  const text = report(config, [finding], 0, 'https://app.example')
  const quiet = report(
    { ...config, scope: 'x' },
    [
      {
        ...finding,
        seen: 'x',
        why: 'x',
        compare: { given: 'x', named: 'x' },
        fix: { text: 'x', consolePath: ['x'], copy: 'x' },
      },
    ],
    0,
    'https://app.example',
  )
  expect(text.split('\n')).toHaveLength(quiet.split('\n').length)
  const words = String.raw`x\` \<img src=y\> # Owned \| a \| b \|`
  expect(text).toContain(`META-04): ${words}\n  ${words}\n`)
  expect(text).toContain(`  To do: ${words}\n  Where: Clients > ${words}\n`)
  const code = '``x` <img src=y> # Owned | a | b |``'
  expect(text).toContain(`- Scope: ${code}\n`)
  expect(text).toContain(`, named ${code}.\n`)
  expect(text).toContain(`  Value: ${code}\n`)
})
