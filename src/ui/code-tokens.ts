import { SugarHigh, tokenize } from 'sugar-high/core'
import * as json from 'sugar-high/lang/json'
import * as shell from 'sugar-high/lang/shell'
import * as typescript from 'sugar-high/lang/typescript'

export type CodeLanguage = 'ts' | 'json' | 'shell' | 'http' | 'text'

/** What a piece of code is, as far as its colour goes. */
export type CodeKind = 'plain' | 'keyword' | 'string' | 'name' | 'sign' | 'comment'

/** A piece of code: `at` is its place in the text, in UTF-16 units. */
export type CodeToken = { at: number; kind: CodeKind; text: string }

const kinds: Record<string, CodeKind> = {
  keyword: 'keyword',
  class: 'keyword',
  string: 'string',
  property: 'name',
  entity: 'name',
  sign: 'sign',
  comment: 'comment',
}

const languages = { ts: typescript, json, shell }

/** Cuts `code` into pieces whose texts, put together, are `code` again. */
export function tokensOf(code: string, language: CodeLanguage): CodeToken[] {
  if (language === 'text') return [{ at: 0, kind: 'plain', text: code }]
  if (language === 'http') return httpTokens(code)
  return placed(
    tokenize(code, languages[language]).map(([type, text]) => [
      kinds[SugarHigh.TokenTypes[type] ?? ''] ?? 'plain',
      text,
    ]),
  )
}

/** Start line and header names of an HTTP message; the body is left plain. */
function httpTokens(code: string): CodeToken[] {
  let inBody = false
  const pieces: [CodeKind, string][] = []
  code.split(/(?<=\n)/).forEach((line, index) => {
    if (line.trim() === '' && index > 0) inBody = true
    const colon = line.indexOf(':')
    if (index === 0) pieces.push(['keyword', line])
    else if (inBody || colon < 1) pieces.push(['plain', line])
    else pieces.push(['name', line.slice(0, colon)], ['sign', ':'], ['plain', line.slice(colon + 1)])
  })
  return placed(pieces)
}

function placed(pieces: readonly (readonly [CodeKind, string])[]): CodeToken[] {
  let at = 0
  return pieces.map(([kind, text]) => {
    const token = { at, kind, text }
    at += text.length
    return token
  })
}
