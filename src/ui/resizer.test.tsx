import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ComponentProps, useState } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Resizer } from './resizer.tsx'

afterEach(cleanup)

function Pane(props: Partial<ComponentProps<typeof Resizer>>) {
  const [size, setSize] = useState(400)
  return (
    <Resizer label="Lens width" min={300} max={500} usual={404} value={size} onChange={setSize} {...props} />
  )
}

const line = () => screen.getByRole('separator', { name: 'Lens width' })
const size = () => Number(line().getAttribute('aria-valuenow'))

describe('Resizer', () => {
  test('is a separator that tells its direction, its size and its ends', () => {
    render(<Pane controls="lens" />)
    expect(line().getAttribute('aria-orientation')).toBe('vertical')
    expect(line().getAttribute('aria-controls')).toBe('lens')
    expect([line().getAttribute('aria-valuemin'), size(), line().getAttribute('aria-valuemax')]).toEqual([
      '300',
      400,
      '500',
    ])
  })

  test('arrow keys move it, Shift moves it further, Home, End and Enter jump', async () => {
    render(<Pane />)
    await userEvent.tab()
    expect(document.activeElement).toBe(line())
    await userEvent.keyboard('{ArrowRight}')
    expect(size()).toBe(416)
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}')
    expect(size()).toBe(352)
    await userEvent.keyboard('{Home}{ArrowLeft}')
    expect(size()).toBe(300)
    await userEvent.keyboard('{End}{ArrowRight}')
    expect(size()).toBe(500)
    await userEvent.keyboard('{Enter}')
    expect(size()).toBe(404)
  })

  test('a panel after the line grows when the line moves towards the start', async () => {
    render(<Pane grows="backward" />)
    line().focus()
    await userEvent.keyboard('{ArrowLeft}')
    expect(size()).toBe(416)
  })

  test('a horizontal line listens to up and down only', async () => {
    const onChange = vi.fn()
    render(<Pane line="horizontal" onChange={onChange} />)
    line().focus()
    await userEvent.keyboard('{ArrowLeft}{ArrowRight}')
    expect(onChange).not.toHaveBeenCalled()
    await userEvent.keyboard('{ArrowDown}')
    expect(onChange).toHaveBeenCalledExactlyOnceWith(416)
  })
})
