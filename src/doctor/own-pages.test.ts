import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isApp, isSilentCallback } from './own-pages.ts'
import { appPage, silentPage } from './scripted-probe.test-data.ts'

test('AREQ-03: the marks are in the pages that hosts serve, and in no other', () => {
  const pages = [readFileSync('index.html', 'utf8'), readFileSync('public/silent-callback.html', 'utf8')]
  expect(pages.map(isApp)).toEqual([true, false])
  expect(pages.map(isSilentCallback)).toEqual([false, true])
  // What the scripted hosts of the other tests answer has the same marks.
  expect([appPage, silentPage].map(isApp)).toEqual([true, false])
  expect([appPage, silentPage].map(isSilentCallback)).toEqual([false, true])
  for (const other of ['', 'Not found', '<!doctype html><title>Log in</title><div id="root"></div>'])
    expect([isApp(other), isSilentCallback(other)]).toEqual([false, false])
})
