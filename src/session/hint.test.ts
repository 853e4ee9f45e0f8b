import { describe, expect, it } from 'vitest'
import { clientConfig } from '../oauth/client.test-data.ts'
import { createBrowser } from './fake-ports.test-data.ts'
import { clearRedirectTried, type Hint, readHint, writeHint } from './hint.ts'
import { restorePlan } from './restore.ts'
import { markRedirectTried } from './stranded.ts'

const hint: Hint = { issuer: 'https://op.example', clientId: 'this-app', frame: 'unknown' }

const newTab = (kept: Hint | null = hint) => {
  const browser = createBrowser()
  const tab = browser.openTab(async () => new Response())
  writeHint(tab.ports, kept)
  return { browser, tab, ports: tab.ports }
}

describe('the hint that somebody was signed in here', () => {
  it('is kept without a secret, and taken away', () => {
    const { browser, ports } = newTab()
    expect(readHint(ports)).toEqual(hint)
    expect([...browser.local.values()]).toEqual([JSON.stringify(hint)])
    writeHint(ports, null)
    expect([readHint(ports), browser.local.size]).toEqual([null, 0])
  })

  it.each(['x', '[]', 'null', '{}', '{"issuer":"a"}', '{"issuer":5,"clientId":"b"}'])('%s is none', text => {
    const { browser, ports } = newTab()
    browser.local.set('pkce-lens.was-signed-in', text)
    expect(readHint(ports)).toBeNull()
  })

  it('says of the frame what was seen, or that nothing was', () => {
    const { browser, ports } = newTab()
    for (const [kept, read] of [
      ['works', 'works'],
      ['blind', 'blind'],
      [5, 'unknown'],
    ]) {
      browser.local.set('pkce-lens.was-signed-in', JSON.stringify({ ...hint, frame: kept }))
      expect(readHint(ports)?.frame).toBe(read)
    }
  })
})

describe('what to try on a page load (section 5.1)', () => {
  const plan = (tab = newTab(), config = {}, isProtected = true) =>
    restorePlan(tab.ports, clientConfig(config), isProtected)

  it('a frame, and on a protected page one redirect', () => {
    expect(plan()).toEqual({ frame: true, redirect: true })
    expect(plan(newTab(), {}, false)).toEqual({ frame: true, redirect: false })
  })

  it('nothing without a hint, with one for another provider or another client, or when it is off', () => {
    const nothing = { frame: false, redirect: false }
    expect(plan(newTab(null))).toEqual(nothing)
    expect(plan(newTab({ ...hint, issuer: 'https://other.example' }))).toEqual(nothing)
    expect(plan(newTab({ ...hint, clientId: 'other' }))).toEqual(nothing)
    expect(plan(newTab(), { restore: 'off' })).toEqual(nothing)
  })

  it('no frame where one was seen to be blind, or where it is not wanted', () => {
    expect(plan(newTab({ ...hint, frame: 'blind' }))).toEqual({ frame: false, redirect: true })
    expect(plan(newTab({ ...hint, frame: 'works' }))).toEqual({ frame: true, redirect: true })
    expect(plan(newTab(), { restore: 'redirect' })).toEqual({ frame: false, redirect: true })
  })

  it('SIL-06: one redirect until a sign-in succeeds', () => {
    const tab = newTab()
    expect(markRedirectTried(tab.ports, false)).toBe(true)
    expect(plan(tab).redirect).toBe(false)
    clearRedirectTried(tab.ports)
    expect(plan(tab).redirect).toBe(true)
  })

  it('SIL-06: where the mark cannot be kept there is no redirect', () => {
    const tab = newTab()
    tab.tab.conditions.storageFull = true
    expect(markRedirectTried(tab.ports, false)).toBe(false)
  })

  it('5.7: never from a hidden tab, never over a half-filled form', () => {
    const hidden = newTab()
    hidden.tab.conditions.visible = false
    const dirty = newTab()
    dirty.tab.conditions.dirty = true
    expect([plan(hidden).redirect, plan(dirty).redirect]).toEqual([false, false])
  })
})
