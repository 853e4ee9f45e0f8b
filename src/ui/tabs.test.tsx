import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { Tab, TabList, TabPanel, Tabs } from './tabs.tsx'

afterEach(cleanup)

const names = ['Explain', 'HTTP', 'Checks', 'Code']

function Inspector() {
  const [tab, setTab] = useState('Explain')
  return (
    <Tabs value={tab} onChange={setTab}>
      <TabList label="Message" end={<button type="button">Reveal</button>}>
        {names.map(name => (
          <Tab key={name} value={name} count={name === 'Checks' ? 2 : undefined} bad>
            {name}
          </Tab>
        ))}
      </TabList>
      {names.map(name => (
        <TabPanel key={name} value={name}>
          about {name}
        </TabPanel>
      ))}
    </Tabs>
  )
}

const selected = () => screen.getByRole('tab', { selected: true })

describe('Tabs', () => {
  test('are real tabs with plain names, a count beside the name left unsaid', () => {
    render(<Inspector />)
    expect(screen.getByRole('tablist', { name: 'Message' })).toBeTruthy()
    for (const name of names) expect(screen.getByRole('tab', { name })).toBeTruthy()
    expect(screen.getByRole('tabpanel', { name: 'Explain' }).textContent).toBe('about Explain')
  })

  test('one stop of the Tab key; arrows move and open, Home and End jump, the row goes around', async () => {
    render(<Inspector />)
    await userEvent.tab()
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Explain' }))
    await userEvent.keyboard('{ArrowRight}')
    expect(selected()).toBe(screen.getByRole('tab', { name: 'HTTP' }))
    expect(document.activeElement).toBe(selected())
    expect(screen.getByRole('tabpanel').textContent).toBe('about HTTP')
    await userEvent.keyboard('{End}')
    expect(selected().textContent).toContain('Code')
    await userEvent.keyboard('{ArrowRight}')
    expect(selected().textContent).toContain('Explain')
    await userEvent.keyboard('{ArrowLeft}{Home}')
    expect(selected().textContent).toContain('Explain')
    await userEvent.tab()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Reveal' }))
  })

  test('what stands at the end is not inside the tab list', () => {
    render(<Inspector />)
    const end = screen.getByRole('button', { name: 'Reveal' })
    expect(screen.getByRole('tablist').contains(end)).toBe(false)
  })
})
