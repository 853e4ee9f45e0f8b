import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test } from 'vitest'
import { CompareRegistered } from './compare-registered.tsx'
import { fixBy } from './finding.ts'

afterEach(cleanup)

describe('stuck point 12: what is registered, beside what is sent', () => {
  const address = 'https://app.example/callback'
  const compare = async (pasted: string) => {
    render(<CompareRegistered fix={{ ...fixBy('Register it.'), copy: address, isExact: true }} />)
    const status = screen.getByRole('status')
    expect(status.textContent).toBe('')
    await userEvent.click(screen.getByLabelText('Paste what is registered at the provider'))
    await userEvent.paste(pasted)
    return status
  }
  const marks = () => [...document.querySelectorAll('mark')].map(each => each.textContent)

  test.each([
    [`${address}/`, 'What is registered has one slash more at the end.', ['\u00A0', '/']],
    ['http://app.example/callback', 'http and https differ.', ['s', ':']],
    ['https://127.0.0.1/callback', 'The hosts differ: app.example and 127.0.0.1.', ['a', '1']],
    ['https://app.example/Callback', 'Only capital letters differ, and they count.', ['c', 'C']],
  ])('%s: %s', async (pasted, words, odd) => {
    expect((await compare(pasted)).textContent).toBe(words)
    expect(marks()).toEqual(odd)
  })

  test('equal addresses are said to be equal, whatever space came along', async () => {
    expect((await compare(` ${address} `)).textContent).toBe('They are equal.')
    expect(document.querySelector('dl')).toBeNull()
  })
})
