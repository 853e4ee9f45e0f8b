// @vitest-environment jsdom
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint, traceOf } from '../sequence/fixtures.test-data.ts'
import { signIn } from '../trace/fixtures.test-data.ts'
import { exportText } from './export-file.ts'
import { expectation, messagesOf } from './lens.test-data.tsx'
import { escaped, exportSvg } from './picture-file.ts'

const story = await signIn({ failAt: 'token_grant', tamper: true })
const messages = await messagesOf(story.steps)

function parsed(svg: string): Document {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml')
  expect(document.querySelector('parsererror')).toBeNull()
  return document
}

describe('the SVG of a story', () => {
  it('has a title and a sentence for every message', () => {
    const document = parsed(exportSvg(messages, expectation))
    expect(document.querySelector('title')?.textContent).toContain('stopped at')
    const description = document.querySelector('desc')?.textContent ?? ''
    for (const { number } of messages) expect(description).toContain(`${number}, `)
    expect(document.documentElement.getAttribute('role')).toBe('img')
  })

  it('writes the label of every message and the origin of every server', () => {
    const texts = [...parsed(exportSvg(messages, expectation)).querySelectorAll('text')].map(
      text => text.textContent ?? '',
    )
    for (const { label } of messages) expect(texts.some(text => text.includes(label))).toBe(true)
    expect(texts).toContain(expectation.authorizationServerOrigin)
    expect(texts).toContain('Stopped here. Nothing below was sent.')
  })

  it('shows the moment that is looked at, and no secret that was told later', () => {
    const source = { trace: traceOf(story.steps), expectation, ahead: null, fingerprint }
    const pictureAt = (shown: number) => exportText('svg', { ...source, shown }, 'redacted', 0)
    const all = pictureAt(messages.length)
    expect(all).toContain('token_response_error')
    expect(pictureAt(3)).not.toContain('token_response_error')
    for (const secret of story.secrets) expect(all).not.toContain(secret)
  })

  it('never holds a secret', () => {
    const svg = exportSvg(messages, expectation)
    for (const secret of story.secrets) expect(svg).not.toContain(secret)
  })

  it('keeps text from outside as text', () => {
    const unit = fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      ';',
      'a',
      'é',
      '😀',
      '\0',
      '\ud800',
      '\udc00',
      '\uffff',
    )
    fc.assert(
      fc.property(fc.string({ unit }), text => {
        expect(escaped(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|apos);)/)
        expect(() => encodeURIComponent(escaped(text))).not.toThrow()
      }),
    )
    const [first] = messages
    if (first === undefined) throw new Error('no message')
    const hostile = { ...first, label: '<script>alert(1)</script>' }
    expect(exportSvg([hostile], null)).not.toContain('<script')
  })
})
