import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readShareLink, shareLink } from '../choice/share-link.ts'
import { parseClientConfig } from '../oauth/client-config.ts'
import type { Step } from '../oauth/step.ts'
import { happened } from '../sequence/playback.ts'
import { sequence } from '../sequence/sequence.ts'
import { person, signIn, signOut } from '../trace/fixtures.test-data.ts'
import { exportTrace } from '../trace/trace-file.ts'
import { ExportMenu } from './export-menu.tsx'
import { Around, expectation, recorderOf } from './lens.test-data.tsx'

const saved: { name: string; text: Promise<string> }[] = []

// Finding things by role on a whole page takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(() => {
  saved.length = 0
  let last: Blob | null = null
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  URL.createObjectURL = content => {
    last = content instanceof Blob ? content : null
    return 'blob:test'
  }
  URL.revokeObjectURL = () => undefined
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, text: textOf(last) })
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function textOf(blob: Blob | null): Promise<string> {
  return new Promise(resolve => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    if (blob === null) resolve('')
    else reader.readAsText(blob)
  })
}

/** All that a configuration can hold, so that a link which drops something is found. */
const config = parseClientConfig(
  {
    issuer: expectation.issuer,
    client_id: expectation.clientId,
    scope: expectation.scope,
    resource: 'https://api.example/',
    audience: 'https://api.example/v1',
    profile_url: 'https://api.example/me',
    dpop: true,
    par: true,
    extra_authorization_params: { ui_locales: 'de' },
  },
  expectation.appOrigin,
)
const place = { origin: expectation.appOrigin, basePath: '/' }
const link = () => Promise.resolve(shareLink(`${expectation.appOrigin}/provider`, config))

async function show(change: (step: Step) => Step = step => step) {
  const { steps: told, secrets } = await signIn({ userinfo: true })
  return { ...(await showStory(told.map(change))), secrets }
}

async function showStory(steps: readonly Step[]) {
  const recorder = await recorderOf(steps)
  const { fingerprint } = recorder
  const trace = recorder.getTrace()
  const messages = sequence(trace, expectation, fingerprint)
  render(
    <Around recorder={recorder}>
      <ExportMenu
        source={{ trace, shown: happened(messages), expectation, ahead: expectation, fingerprint }}
        link={link}
      />
    </Around>,
  )
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Export and import' }))
  return { user, recorder }
}

describe('an export', () => {
  it.each([
    [/^JSON/, '.json', '"pkce-lens-trace"'],
    [/^HAR/, '.har', '"version": "1.2"'],
    [/^Markdown/, '.md', '## Exchange'],
    [/^Mermaid/, '.mmd', 'sequenceDiagram'],
    [/^SVG/, '.svg', '<svg '],
  ])('%s holds no secret', async (item, ending, content) => {
    const { user, secrets } = await show()
    await user.click(screen.getByRole('menuitem', { name: item }))
    await vi.waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.name.endsWith(ending)).toBe(true)
    const text = (await saved[0]?.text) ?? ''
    expect(text).toContain(content)
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  it('as a drawing is made of what is left without secrets, to come included', async () => {
    const { user } = await show(step =>
      step.kind === 'profile_request'
        ? { ...step, request: { ...step.request, url: `http://localhost:9001/users/${person.email}` } }
        : step,
    )
    await user.click(screen.getByRole('menuitem', { name: /^SVG/ }))
    await vi.waitFor(() => expect(saved).toHaveLength(1))
    const text = (await saved[0]?.text) ?? ''
    expect(text).toContain('GET /users/redacted.personal.')
    expect(text).not.toContain(person.email)
    expect(text).toContain('POST /logout')
  })

  it('that a browser cannot make is said, with what to choose instead', async () => {
    const { user } = await show()
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
    await user.click(screen.getByRole('menuitem', { name: /^PNG/ }))
    const alert = await screen.findByRole('alert')
    expect(alert.dataset['errorCode']).toBe('unexpected')
    expect(alert.textContent).toContain('Choose SVG instead.')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('alert')).toBeNull()
    const menu = screen.getByRole('button', { name: 'Export and import' })
    await vi.waitFor(() => expect(document.activeElement).toBe(menu))
    expect(saved).toEqual([])
  })

  it('with secrets is not offered once there are none', async () => {
    const { steps, flow, values } = await signIn()
    await showStory([...steps, ...signOut(flow, values)])
    const item = screen.getByRole('menuitem', { name: /^Export with secrets/ })
    expect(item.getAttribute('aria-disabled')).toBe('true')
    expect(item.textContent).toContain('none left')
  })

  it('with secrets is asked twice, and the second time only after the box is ticked', async () => {
    const { user, secrets } = await show()
    await user.click(screen.getByRole('menuitem', { name: 'Export with secrets' }))
    expect(screen.getByRole('dialog', { name: 'Export with secrets?' })).toBeTruthy()
    expect(saved).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    expect(screen.getByRole('dialog', { name: 'This file opens your account' })).toBeTruthy()
    const last = screen.getByRole('button', { name: 'Export with secrets' })
    await user.click(last)
    expect(saved).toEqual([])
    await user.click(screen.getByRole('checkbox'))
    await user.click(last)
    await vi.waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.name).toContain('with-secrets')
    const text = (await saved[0]?.text) ?? ''
    expect(secrets.some(secret => text.includes(secret))).toBe(true)
  })

  it('with secrets begins anew after it was cancelled', async () => {
    const { user } = await show()
    await user.click(screen.getByRole('menuitem', { name: 'Export with secrets' }))
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    await user.click(screen.getByRole('checkbox'))
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Export and import' }))
    await user.click(screen.getByRole('menuitem', { name: 'Export with secrets' }))
    expect(screen.getByRole('dialog', { name: 'Export with secrets?' })).toBeTruthy()
    expect(saved).toEqual([])
  })

  it.each([[[]], [['Continue']]])(
    'with secrets gives the focus back when it is cancelled, %j',
    async presses => {
      const { user } = await show()
      const menu = screen.getByRole('button', { name: 'Export and import' })
      await user.click(screen.getByRole('menuitem', { name: 'Export with secrets' }))
      for (const name of presses) await user.click(screen.getByRole('button', { name }))
      const dialog = screen.getByRole('dialog')
      await vi.waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true))
      await user.keyboard('{Escape}')
      await vi.waitFor(() => expect(document.activeElement).toBe(menu))
    },
  )

  it('as a link carries the whole configuration, and nothing else', async () => {
    const { user, secrets } = await show()
    const write = vi.spyOn(navigator.clipboard, 'writeText')
    await user.click(screen.getByRole('menuitem', { name: 'Copy a link to this configuration' }))
    await vi.waitFor(() => expect(write).toHaveBeenCalledOnce())
    const copied = new URL(write.mock.calls[0]?.[0] ?? '')
    expect(readShareLink(copied.search, place)).toEqual({ config, ignored: [], problem: null })
    for (const secret of secrets) expect(copied.href).not.toContain(secret)
    // The menu is gone by then: its button says that it worked.
    const button = screen.getByRole('button', { name: 'Export and import' })
    await vi.waitFor(() => expect(button.textContent).toBe('Copied'))
  })
})

it('a link that cannot be copied is said for everybody to see', async () => {
  const { user } = await show()
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
  await user.click(screen.getByRole('menuitem', { name: 'Copy a link to this configuration' }))
  const alert = await screen.findByRole('alert')
  expect(alert.dataset['errorCode']).toBe('unexpected')
  expect(alert.textContent).toContain('The link could not be copied')
})

describe('an import', () => {
  const chosen = () => screen.getByLabelText<HTMLInputElement>('A JSON trace')

  it('is shown after the person agreed', async () => {
    const { user, recorder } = await show()
    const other = await recorderOf((await signIn({ failAt: 'state' })).steps)
    const { fingerprint } = other
    const text = exportTrace(other.getTrace(), { secrets: 'redacted', fingerprint, now: 0 })
    await user.keyboard('{Escape}')
    await user.upload(chosen(), new File([text], 'trace.json', { type: 'application/json' }))
    const before = recorder.getTrace()
    await user.click(await screen.findByRole('button', { name: 'Show it' }))
    expect(recorder.getTrace()).not.toBe(before)
    expect(recorder.getTrace().entries.some(({ step }) => step.kind === 'failed')).toBe(true)
  })

  it('says what is wrong with a file that is no trace, and keeps the story', async () => {
    const { user, recorder } = await show()
    const before = recorder.getTrace()
    await user.keyboard('{Escape}')
    await user.upload(chosen(), new File(['{"log":{}}'], 'other.json', { type: 'application/json' }))
    const alert = await screen.findByRole('alert')
    expect(alert.dataset['errorCode']).toBe('trace_file_invalid')
    expect(recorder.getTrace()).toBe(before)
  })
})
