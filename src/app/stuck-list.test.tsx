import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, expect, it } from 'vitest'
import { stuckPoints } from '../explain/stuck-points.ts'
import StuckList from './stuck-list.tsx'

afterEach(cleanup)

const own = {
  redirect_uri: 'https://app.example/callback',
  post_logout_redirect_uri: 'https://app.example/',
  scope: 'openid',
}
const answers = () => document.querySelectorAll('details')

async function search(words: string) {
  const field = screen.getByRole('searchbox', { name: 'What do you see?' })
  await userEvent.clear(field)
  await userEvent.type(field, words)
}

it('every answer is there, in the order of the flow, with the addresses of this app', async () => {
  render(<StuckList own={own} />)
  expect(answers()).toHaveLength(stuckPoints.length)
  expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
    'Prepare',
    'Authorize',
    'Return',
    'Exchange',
    'Use',
    'Renew and end',
  ])
  expect(document.body.textContent).toContain('Register exactly this: https://app.example/callback')
  expect(document.body.textContent).not.toMatch(/\{\{|`/)
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations.map(({ id }) => id)).toEqual([])
})

it('what a person sees finds the answer, by its words or by its code', async () => {
  render(<StuckList own={own} />)
  await search('matching state')
  expect([...answers()].map(({ open }) => open)).toEqual([true])
  expect(screen.getByText(/This tab did not begin this sign-in/)).toBeTruthy()
  await search('invalid_grant strictmode')
  expect(screen.getByText(/StrictMode runs effects twice/)).toBeTruthy()
  expect(screen.getByRole('status').textContent).toBe('1 found')
  await search('unicorn')
  expect(answers()).toHaveLength(0)
  expect(screen.getByText(/No answer has all of these words/)).toBeTruthy()
})
