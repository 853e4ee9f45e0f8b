import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { OutcomeView } from './outcome-view.tsx'

afterEach(cleanup)

test('says each change once, and the whole text by no parameter’s name', () => {
  const outcome = { by: 'nobody', code: null, answer: null, check: null, clause: null } as const
  const tampered = ['resource', 'resource', 'raw']
  const { container } = render(
    <OutcomeView outcome={outcome} tampered={tampered} prediction={null} wayOn={() => null} />,
  )
  expect(container.textContent).toContain('You changed resource, the whole text.')
})
