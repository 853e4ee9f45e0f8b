import { describe, expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import { configOfForm, formOfConfig } from './form-values.ts'
import { ignoredSentence, readShareLink, shareLink } from './share-link.ts'

const place = { origin: 'https://app.example', basePath: '/' }

const read = (more: Readonly<Record<string, string>>) =>
  readShareLink(`?${new URLSearchParams({ issuer: 'https://id.example', client_id: 'a', ...more })}`, place)

describe('a link', () => {
  test('brings the configuration that it was made of', () => {
    const config = parseClientConfig(
      {
        issuer: 'https://id.example',
        client_id: 'a',
        extra_authorization_params: { prompt: 'login consent', 'kc:hint': 'x=y', empty: '' },
      },
      place.origin,
    )
    const link = new URL(shareLink('https://app.example/provider', config))
    expect(readShareLink(link.search, place)).toEqual({ config, ignored: [], problem: null })
  })

  test.each([
    ['a line break', 'param.a', '1\nprompt=none'],
    ['a carriage return', 'param.a', '1\rprompt=none'],
    ['a sign that turns the text around', 'param.a', '\u202eenon'],
    ['a space of another kind', 'param.a', 'a\u2028b'],
    ['a sign that looks like a letter', 'client_id', 'p\u0430y'],
    ['a control sign', 'scope', 'openid\u0007'],
  ])('takes no value with %s: %s', (_, name, value) => {
    const shared = read({ [name]: value })
    expect(shared?.ignored).toEqual([{ name, reason: 'invalid' }])
    expect(JSON.stringify(shared?.config ?? {})).not.toContain(JSON.stringify(value).slice(1, -1))
  })

  test.each(['param.\u202erorrE', 'param.a\nb', 'param.b{c}', 'Checked and safe', 'param.a=b'])(
    'takes no name that could read as words of the page, and does not show it: %j',
    name => {
      const shared = read({ [name]: '1' })
      expect(shared?.config?.extraAuthorizationParams).toEqual({})
      expect(ignoredSentence(shared?.ignored ?? [])).toBe('Not understood and left out: a strange name.')
    },
  )

  test('one parameter of a link is one parameter of the form', () => {
    const config = read({ 'param.a': '1', 'param.b': 'x=y z' })?.config
    if (!config) throw new Error('expected a configuration')
    expect(configOfForm(formOfConfig(config), place).config?.extraAuthorizationParams).toEqual({
      a: '1',
      b: 'x=y z',
    })
  })

  test.each([
    ['http://10.0.0.7', 'config_invalid_issuer_url'],
    ['https://me:pw@id.example', 'config_secret_forbidden'],
    ['', 'config_invalid_issuer_url'],
  ])('without a usable provider has a code: %s', (issuer, code) => {
    expect(read({ issuer })).toMatchObject({ config: null, problem: { code } })
  })

  test('with a parameter that the client sets itself has the code of that', () => {
    expect(read({ 'param.state': '1' })?.problem).toMatchObject({ code: 'config_invalid' })
  })
})
