import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Alert } from './alert.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Disclosure } from './disclosure.tsx'
import { Field, FieldGroup } from './field.tsx'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { LifeBars } from './life-bars.tsx'
import { Meter } from './meter.tsx'
import { Progress } from './progress.tsx'

afterEach(cleanup)

describe('Button', () => {
  test('does not send the form it stands in, and its key cap is no part of its name', async () => {
    const sent = vi.fn()
    render(
      <form onSubmit={sent}>
        <Button kbd="R">Sign in</Button>
      </form>,
    )
    const button = screen.getByRole('button', { name: 'Sign in' })
    expect(button.getAttribute('aria-keyshortcuts')).toBe('R')
    await userEvent.click(button)
    expect(sent).not.toHaveBeenCalled()
  })

  test('while pending keeps its focus and name, says it is busy, and does nothing, not even send a form', async () => {
    const onClick = vi.fn()
    const sent = vi.fn()
    render(
      <form onSubmit={sent}>
        <Button type="submit" pending onClick={onClick}>
          Check again
        </Button>
      </form>,
    )
    await userEvent.tab()
    const button = screen.getByRole('button', { name: 'Check again' })
    expect(document.activeElement).toBe(button)
    expect(button.getAttribute('aria-busy')).toBe('true')
    await userEvent.keyboard('{Enter}')
    await userEvent.click(button)
    expect(onClick).not.toHaveBeenCalled()
    expect(sent).not.toHaveBeenCalled()
  })

  test('an icon button is named by its label', async () => {
    const onClick = vi.fn()
    render(<IconButton icon="db" label="Dock below" pressed={false} onClick={onClick} />)
    await userEvent.click(screen.getByRole('button', { name: 'Dock below', pressed: false }))
    expect(onClick).toHaveBeenCalledOnce()
  })

  test('the word that floats beside an icon button is not announced a second time', async () => {
    render(<IconButton icon="db" label="Dock below" kbd="D" />)
    const button = screen.getByRole('button', { name: 'Dock below' })
    await userEvent.tab()
    expect((await screen.findByRole('tooltip')).textContent).toBe('Dock belowD')
    expect(button.hasAttribute('aria-describedby')).toBe(false)
    expect(document.activeElement).toBe(button)
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('tooltip')).toBeNull()
  })
})

describe('Field', () => {
  test('ties label, error and hint to the input', async () => {
    const onChange = vi.fn()
    render(
      <Field
        label="Issuer"
        hint="An https address."
        error="This is empty."
        name="issuer"
        onChange={onChange}
      />,
    )
    const input = screen.getByRole('textbox', {
      name: 'Issuer',
      description: 'This is empty. An https address.',
    })
    expect(input.getAttribute('aria-invalid')).toBe('true')
    await userEvent.type(input, 'h')
    expect(onChange).toHaveBeenCalledOnce()
  })

  test('a group carries label and hint for several controls', () => {
    render(
      <FieldGroup label="Scopes" hint="openid stays.">
        <input aria-label="Add a scope" />
      </FieldGroup>,
    )
    expect(screen.getByRole('group', { name: 'Scopes', description: 'openid stays.' })).toBeTruthy()
  })
})

describe('Alert', () => {
  test('carries its stable code, shows outside text as text, and offers a way on', () => {
    render(
      <Alert
        code="state_mismatch"
        title="This sign-in was not begun here"
        actions={<Button>Try again</Button>}
      >
        {'<b>access_denied</b>'}
      </Alert>,
    )
    const alert = screen.getByRole('alert')
    expect(alert.dataset['errorCode']).toBe('state_mismatch')
    expect(alert.textContent).toContain('<b>access_denied</b>')
    expect(alert.contains(screen.getByRole('button', { name: 'Try again' }))).toBe(true)
  })
})

function Question() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Use this provider?"
        description="It came in a link."
        actions={<Button onClick={() => setOpen(false)}>Use it</Button>}
      />
    </>
  )
}

describe('Dialog', () => {
  test('takes the focus, closes with Escape, and gives the focus back', async () => {
    render(<Question />)
    const opener = screen.getByRole('button', { name: 'Open' })
    await userEvent.click(opener)
    const dialog = screen.getByRole('dialog', {
      name: 'Use this provider?',
      description: 'It came in a link.',
    })
    expect(dialog.contains(document.activeElement)).toBe(true)
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    await vi.waitFor(() => expect(document.activeElement).toBe(opener))
  })

  test('adds no style element, which the content security policy would refuse', async () => {
    render(<Question />)
    await userEvent.click(screen.getByRole('button', { name: 'Open' }))
    expect(document.querySelectorAll('style')).toHaveLength(0)
  })
})

test('a disclosure opens with a press', async () => {
  render(<Disclosure summary="More">detail</Disclosure>)
  expect(screen.getByRole<HTMLDetailsElement>('group').open).toBe(false)
  await userEvent.click(screen.getByText('More'))
  expect(screen.getByRole<HTMLDetailsElement>('group').open).toBe(true)
})

test('a disclosure opens when there is a reason to, and closes only by hand', async () => {
  const { rerender } = render(<Disclosure summary="More">detail</Disclosure>)
  const details = screen.getByRole<HTMLDetailsElement>('group')
  rerender(
    <Disclosure summary="More" defaultOpen>
      detail
    </Disclosure>,
  )
  expect(details.open).toBe(true)
  rerender(<Disclosure summary="More">detail</Disclosure>)
  expect(details.open).toBe(true)
  await userEvent.click(screen.getByText('More'))
  expect(details.open).toBe(false)
})

describe('pictures', () => {
  test('an icon is silent unless it is given a name', () => {
    const { container } = render(<Icon name="eye" />)
    expect(container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true')
    cleanup()
    render(<Icon name="stamp" title="verified" />)
    expect(screen.getByRole('img', { name: 'verified' })).toBeTruthy()
  })

  test.each([
    [0.72, '72 percent'],
    [-1, '0 percent'],
    [7, '100 percent'],
  ])('a meter at %d says %s', (value, text) => {
    render(<Meter value={value} label="Life left" v="access" />)
    expect(screen.getByRole('img', { name: `Life left: ${text}` })).toBeTruthy()
  })

  test('progress without a value claims no number', () => {
    render(<Progress label="Asking the provider" />)
    expect(
      screen.getByRole('progressbar', { name: 'Asking the provider' }).hasAttribute('aria-valuenow'),
    ).toBe(false)
    cleanup()
    render(<Progress label="Running" value={0.4} />)
    expect(screen.getByRole('progressbar', { name: 'Running' }).getAttribute('aria-valuenow')).toBe('40')
  })

  test('lives lie on the track where they began and ended, spent up to now', () => {
    const { container } = render(
      <LifeBars
        label="Access token 2 valid until 9:16. Now 5:40."
        to={600}
        now={340}
        nowText="5:40"
        axis={[
          { at: 0, text: '0:00' },
          { at: 330, text: '5:30' },
        ]}
        tracks={[
          {
            v: 'access',
            name: 'access_token',
            bars: [
              { from: 0, to: 240, old: true },
              { from: 240, to: 540 },
            ],
          },
        ]}
      />,
    )
    expect(screen.getByRole('img', { name: /^Access token 2 valid/ })).toBeTruthy()
    const bars = [...container.querySelectorAll<HTMLElement>('.ui-life-bar')]
    expect(bars.map(bar => [bar.style.left, bar.style.width])).toEqual([
      ['0%', '40%'],
      ['40%', '50%'],
    ])
    const spent = [...container.querySelectorAll<HTMLElement>('.ui-life-spent')].map(s => s.style.width)
    expect(spent).toEqual(['100%', '33.333%'])
    expect(screen.queryByText('5:30')).toBeNull()
  })
})
