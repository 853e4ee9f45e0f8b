import { expect, it } from 'vitest'
import { blank } from '../sequence/drawn.ts'
import { isWhereCaught } from './theft.ts'

const places = { authorizationServer: [], resourceServer: null }
const decisive = { ...blank('token_response', 'sign_in', places, null), id: 'answer', answers: 'request' }

it('takes the request, the check and the answer for the place where the thief is caught', () => {
  const caught = (id: string, mark: 'stopped' | 'passed' | null = null) =>
    isWhereCaught({ decisive }, { id, mark })
  expect([caught('request'), caught('verdict', 'stopped'), caught('answer')]).toEqual([true, true, true])
  expect([caught('earlier'), caught('verdict', 'passed')]).toEqual([false, false])
})

it('knows no such place where nothing was answered', () => {
  expect(isWhereCaught({ decisive: null }, { id: 'verdict', mark: 'stopped' })).toBe(false)
})
