import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueTexts } from '../explain/values.ts'
import { of } from '../sequence/fixtures.test-data.ts'
import type { Message } from '../sequence/message.ts'
import { held, signIn } from '../trace/fixtures.test-data.ts'
import { requestOf, responseOf, valuesNear } from './flow-values.ts'
import { blockText, type HttpBlock, requestBlock, responseBlock } from './http-lines.ts'
import { jsonLines } from './json-lines.ts'
import type { Piece } from './pieces.ts'
import { messagesOf, redactedMessagesOf, wholeStory } from './story.test-data.ts'

const everything = () => true
const nothing = (piece: Piece) => piece.type === 'value' && !valueTexts[piece.carried.value].secret

function blocksOf(message: Message, messages: readonly Message[]): HttpBlock[] {
  const known = valuesNear(message, messages)
  const answered = responseOf(message, messages)
  return [
    requestBlock(requestOf(message, messages), known),
    answered === null ? null : responseBlock(answered, known),
  ].filter(block => block !== null)
}

const { messages, secrets } = await wholeStory()

describe('a message as lines', () => {
  it('shows the token request parameter by parameter, as it was sent', () => {
    const request = of(messages, 'token_request')
    const block = requestBlock(request, valuesNear(request, messages))
    expect(block?.start).toBe('POST /token')
    expect(block?.body.map(({ lead, name }) => `${lead}${name}`)).toEqual([
      'grant_type',
      '&code',
      '&redirect_uri',
      '&client_id',
      '&code_verifier',
    ])
    const body = block === null ? '' : blockText({ ...block, head: [] }, everything).split('\n\n')[1]
    expect(body).toBe(request.request?.body)
  })

  it('shows the address of a navigation parameter by parameter', () => {
    const response = of(messages, 'authorization_response')
    const block = requestBlock(response, valuesNear(response, messages))
    expect(block?.start).toBe('GET /callback')
    expect(block?.head.map(({ lead, name }) => `${lead}${name}`)).toEqual(['Host', '?code', '&state', '&iss'])
  })

  it('TOK-13: nothing secret is in the text of any message before it is revealed', () => {
    for (const message of messages)
      for (const block of blocksOf(message, messages)) {
        const text = blockText(block, nothing)
        for (const secret of secrets) expect(text).not.toContain(secret)
      }
  })

  it('one-time values are hidden like tokens: only the challenge, a hash, is open', async () => {
    const plain = await messagesOf((await signIn()).steps)
    const request = of(plain, 'authorization_request')
    const [block] = blocksOf(request, plain)
    if (block === undefined) throw new Error('no request')
    const text = blockText(block, nothing)
    for (const { value, text: own } of request.carried) {
      if (value === 'code_challenge') expect(text).toContain(`code_challenge=${own}`)
      else expect(text).toMatch(new RegExp(`${value}=<${value} [0-9a-f]{4}>`))
    }
    expect(request.carried.map(({ value }) => value).toSorted()).toEqual(['code_challenge', 'nonce', 'state'])
  })

  it('everything is in the text once it is revealed, the name and the four digits before', () => {
    const response = of(messages, 'token_response')
    const [, block] = blocksOf(response, messages)
    if (block === undefined) throw new Error('no response')
    expect(blockText(block, nothing)).toMatch(/"access_token": "<access_token [0-9a-f]{4}>"/)
    const shown = blockText(block, everything)
    for (const { text } of response.carried) expect(shown).toContain(text)
  })

  it('DPOP-01: a proof is hidden like a secret and can be revealed', () => {
    const request = of(messages, 'profile_request')
    const [block] = blocksOf(request, messages)
    if (block === undefined) throw new Error('no request')
    expect(blockText(block, nothing)).toContain('dpop: <proof>')
    expect(blockText(block, everything)).toContain('dpop: eyJ')
  })

  it('a secret is found where no name tells: in the words of an error', async () => {
    const failed = await messagesOf((await signIn({ failAt: 'token_grant' })).steps)
    const response = of(failed, 'token_response')
    const code = of(failed, 'token_request').carried.find(({ value }) => value === 'code')?.text ?? ''
    expect(code.length).toBeGreaterThan(20)
    expect(response.response?.body).toContain(code)
    for (const block of blocksOf(response, failed)) expect(blockText(block, nothing)).not.toContain(code)
  })

  it('after a reload the fingerprint is still there and the text is not', async () => {
    const story = await signIn()
    const reloaded = await redactedMessagesOf(story.steps)
    const request = of(reloaded, 'token_request')
    const [block] = blocksOf(request, reloaded)
    if (block === undefined) throw new Error('no request')
    const text = blockText(block, everything)
    expect(text).toMatch(/code_verifier=<code_verifier [0-9a-f]{4}>/)
    expect(text).not.toContain('redacted.')
  })

  it('a held request is shown before it is sent', async () => {
    const { steps } = await held()
    const paused = await messagesOf(steps)
    const request = of(paused, 'token_request')
    expect(blocksOf(request, paused)[0]?.start).toBe('POST /token')
  })

  it('marks what was tampered with', async () => {
    const tampered = await messagesOf((await signIn({ tamper: true })).steps)
    const request = of(tampered, 'token_request')
    const marked = requestBlock(request, [])?.body.filter(line => line.tampered)
    expect(marked?.map(({ name }) => name)).toEqual(['code_verifier'])
  })
})

describe('arbitrary bodies', () => {
  const sent = of(messages, 'api_request')
  const got = of(messages, 'api_response')
  const answer = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    responseBlock({ ...got, response: { status: 200, headers, body } }, [])

  it('never throw, and text stays text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), body => {
        const block = answer(body)
        if (block === null) throw new Error('no block')
        const text = block.body.map(line =>
          blockText({ start: '', head: [], body: [line], laidOut: false }, everything),
        )
        const plain = text.map(line => line.replace(/^\n\n/, '')).join('\n')
        if (!block.laidOut && jsonLines(body) === null) expect(plain).toBe(body.replaceAll(/\r\n|\r/g, '\n'))
      }),
    )
  })

  it('JSON keeps every character outside of white space', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(4), (body, indent) => {
        const spaced = JSON.stringify(JSON.parse(body), null, indent)
        const lines = jsonLines(spaced)
        if (lines === null) throw new Error('not read as JSON')
        const again = lines.map(line => `${line.rawName}${line.value}${line.comma ? ',' : ''}`).join('\n')
        expect(JSON.parse(again)).toEqual(JSON.parse(spaced))
        expect(withoutSpace(again)).toBe(withoutSpace(spaced))
      }),
    )
  })

  it('JSON spelling is not tidied: doubled members, long numbers, escapes', () => {
    const body = '{"a":1,"a":1.10,"n":12345678901234567890,"e":"\\u0041\\/"}'
    const lines = jsonLines(body)
    expect(lines?.map(line => `${line.rawName}${line.value}`)).toEqual([
      '{',
      '"a": 1',
      '"a": 1.10',
      '"n": 12345678901234567890',
      '"e": "\\u0041\\/"',
      '}',
    ])
    expect(lines?.[4]?.text).toBe('A/')
  })

  it('depth does not matter', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    expect(jsonLines(deep)?.length).toBeGreaterThan(5000)
  })

  it('any form body comes back as it was sent', () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    fc.assert(
      fc.property(fc.string(), body => {
        const block = requestBlock(
          { ...sent, request: { method: 'POST', url: 'https://op.example/token', headers, body } },
          [],
        )
        if (block === null) throw new Error('no block')
        expect(blockText({ ...block, head: [] }, everything)).toBe(
          ['POST /token', ...(body === '' ? [] : ['', body])].join('\n'),
        )
      }),
    )
  })

  it('any address and any header is shown without a throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.string()), (url, headers) => {
        const block = requestBlock({ ...sent, request: { method: 'GET', url, headers, body: null } }, [])
        expect(block?.start.startsWith('GET ')).toBe(true)
      }),
    )
  })
})

function withoutSpace(json: string): string {
  return json.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, (_, quoted: string | undefined) => quoted ?? '')
}
