import { expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import { isDemo, presetLike } from './demo-config.ts'

const config = (issuer: string, client_id = 'pkce-lens') =>
  parseClientConfig({ issuer, client_id, scope: 'openid' }, 'http://localhost:5173')

test.each([
  ['http://localhost:9000', 'pkce-lens', true],
  ['http://localhost:21101', 'pkce-lens', true],
  ['http://127.0.0.1:9000', 'pkce-lens', true],
  ['http://localhost:8080/realms/lens', 'pkce-lens', false],
  ['http://localhost:4444', 'another-client', false],
  ['https://id.example.com', 'pkce-lens', false],
])('config.json with the issuer %s and the client %s is the demo: %s', (issuer, client, expected) => {
  expect(isDemo(config(issuer, client))).toBe(expected)
})

test('only the issuer of the demo that runs is called the demo', () => {
  const demo = config('http://localhost:21101')
  expect(presetLike(config('http://localhost:21101'), demo).id).toBe('demo')
  expect(presetLike(config('http://localhost:4444'), demo).id).toBe('any')
  expect(presetLike(config('http://localhost:21101'), null).id).toBe('any')
})
