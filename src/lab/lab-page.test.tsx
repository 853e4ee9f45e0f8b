import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { notBlocked } from '../attack/verdict.ts'
import { createLab, type Lab } from './lab.ts'
import { LabPage, type LabPageProps } from './lab-page.tsx'
import { config, experimentOf, scriptedSurroundings } from './scripted-lab.test-data.ts'

afterEach(cleanup)
/** A machine may do other things too. */
vi.setConfig({ testTimeout: 60_000 })
configure({ asyncUtilTimeout: 20_000 })

const experiments = [
  experimentOf({ id: 'forged-state', title: 'Forged state', needs: [] }),
  experimentOf({ id: 'with-session', title: 'With a session', needs: ['session'] }),
  experimentOf({
    id: 'goes-through',
    title: 'Goes through',
    group: 'page',
    defender: 'browser',
    run: async () => notBlocked('200'),
  }),
  experimentOf({
    id: 'asks',
    title: 'Asks',
    group: 'page',
    asks: true,
    run: async ({ person }) => notBlocked((await person.look('about:blank')) ?? 'declined'),
  }),
]

function show(signedIn = true, onSignIn = vi.fn()): Lab {
  const lab = createLab({ config, experiments, surroundings: scriptedSurroundings() })
  render(<Page lab={lab} signedIn={signedIn} onSignIn={onSignIn} />)
  return lab
}

function Page(props: Pick<LabPageProps, 'lab' | 'signedIn' | 'onSignIn'>) {
  const [selected, select] = useState<string | null>(null)
  return (
    <main>
      <LabPage {...props} selected={selected} onSelect={select} />
    </main>
  )
}

const row = (id: string) => {
  const found = document.querySelector<HTMLElement>(`[data-experiment="${id}"]`)
  if (!found) throw new Error(`no row ${id}`)
  return found
}

describe('the page of the experiments', () => {
  it('wants a guess before a run, and shows the verdict by name', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 })
    show()
    const run = within(row('forged-state')).getByRole('button', { name: 'Run Forged state' })
    expect(run).toHaveProperty('disabled', true)
    await user.click(within(row('forged-state')).getByRole('radio', { name: 'Browser' }))
    await user.click(run)
    await waitFor(() => expect(row('forged-state').dataset['verdict']).toBe('blocked'))
    expect(row('forged-state').dataset['blockedBy']).toBe('app')
    expect(row('forged-state').textContent).toContain('guessed Browser')
    const lens = within(screen.getByRole('complementary', { name: 'Lens' }))
    expect(lens.getByText('The app blocked it')).toBeTruthy()
    expect(lens.getByRole('link', { name: /RFC 6749/ })).toHaveProperty(
      'href',
      'https://www.rfc-editor.org/rfc/rfc6749.html#section-10.12',
    )
    expect(screen.getAllByRole('status').map(each => each.textContent)).toContain(
      'Forged state: The app blocked it, auth_response_state_unknown',
    )
  })

  it('can be done with the keyboard alone', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 })
    show()
    const nobody = within(row('goes-through')).getByRole('radio', { name: 'Nobody' })
    nobody.focus()
    await user.keyboard('[Space]')
    expect(nobody).toHaveProperty('checked', true)
    await user.tab()
    expect(document.activeElement?.textContent).toBe('Run')
    await user.keyboard('[Enter]')
    await waitFor(() => expect(row('goes-through').dataset['verdict']).toBe('not-blocked'))
    expect(row('goes-through').textContent).toContain('as guessed')
    expect(row('goes-through').dataset['blockedBy']).toBeUndefined()
  })

  it('explains why it needs a session, and offers the way in', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 })
    const onSignIn = vi.fn()
    show(false, onSignIn)
    await user.click(within(row('with-session')).getByRole('radio', { name: 'App' }))
    expect(within(row('with-session')).getByRole('button', { name: /^Run/ })).toHaveProperty('disabled', true)
    await user.click(within(row('forged-state')).getByRole('radio', { name: 'App' }))
    expect(within(row('forged-state')).getByRole('button', { name: /^Run/ })).toHaveProperty(
      'disabled',
      false,
    )
    await user.click(screen.getByRole('button', { name: 'Sign in to experiment' }))
    expect(onSignIn).toHaveBeenCalledOnce()
  })

  it('asks the person where a page cannot look', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 })
    const lab = show()
    await user.click(screen.getByRole('button', { name: 'Show experiment 4, Asks' }))
    const lens = within(screen.getByRole('complementary', { name: 'Lens' }))
    expect(lens.getByText(/^Say who will stop it/)).toBeTruthy()
    void lab.run('asks')
    expect(await lens.findByText(/^It is under way\./)).toBeTruthy()
    await user.click(await screen.findByRole('button', { name: 'Nothing of the provider' }))
    await waitFor(() => expect(row('asks').textContent).toContain('refused'))
  })

  it('says what it asks, and the focus of the last answer stays in its place', async () => {
    const lab = show()
    void lab.run('asks')
    const answer = await screen.findByRole('button', { name: 'Nothing of the provider' })
    expect(screen.getAllByRole('status').map(each => each.textContent)).toContain(
      'A run waits for you. What is in this frame?',
    )
    answer.focus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(row('asks').dataset['verdict']).toBe('not-blocked'))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Run the rest' }))
  })

  it('filters, runs the rest, and starts anew', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 })
    const lab = show()
    await user.click(within(row('goes-through')).getByRole('radio', { name: 'App' }))
    await lab.run('goes-through')
    await user.click(screen.getByRole('radio', { name: 'Guessed wrong 1' }))
    expect(screen.getAllByRole('listitem').filter(each => each.dataset['experiment'])).toHaveLength(1)
    await user.click(screen.getByRole('radio', { name: 'Not run 3' }))
    expect(document.querySelectorAll('[data-experiment]')).toHaveLength(3)
    await user.click(screen.getByRole('button', { name: 'Reset guesses' }))
    expect(document.querySelectorAll('[data-experiment]')).toHaveLength(4)
  })

  it('has no accessibility fault that a machine finds', async () => {
    const lab = show()
    await lab.run('forged-state')
    await waitFor(() => expect(row('forged-state').dataset['verdict']).toBe('blocked'))
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
})
