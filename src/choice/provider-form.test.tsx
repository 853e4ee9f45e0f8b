import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import { anyIssuer } from '../presets/any-issuer.ts'
import { formOfConfig } from './form-values.ts'
import { ProviderForm } from './provider-form.tsx'

afterEach(cleanup)

const config = parseClientConfig({ issuer: 'https://old.example', client_id: 'a' }, 'https://app.example')
const empty = { ...formOfConfig(config, anyIssuer), issuer: '', namedIssuer: '' }

function Form({ clientId }: { clientId: string }) {
  const [values, setValues] = useState({ ...empty, clientId })
  return (
    <ProviderForm
      preset={anyIssuer}
      values={values}
      problems={{}}
      registration={{ clientId: '', redirectUri: '', silentUri: '', logoutUri: '', origin: '' }}
      onChange={change => setValues({ ...values, ...change })}
      onSubmit={() => {}}
      actions={null}
    />
  )
}

describe('a pasted authorization address', () => {
  const pasted = 'https://id.example.com/oauth/authorize?client_id=my-app&scope=openid'
  const show = async (clientId: string, text = pasted) => {
    render(<Form clientId={clientId} />)
    await userEvent.click(screen.getByLabelText('Issuer'))
    await userEvent.paste(text)
    return screen.getByLabelText<HTMLInputElement>('Client ID').value
  }

  test('fills an empty Client ID, and the line of what was understood says so', async () => {
    expect(await show('')).toBe('my-app')
    expect(screen.getByText(/Understood as/).textContent).toContain('client id stands in the field Client ID')
  })

  test('leaves a Client ID that is filled in', async () => {
    expect(await show('mine')).toBe('mine')
    expect(screen.getByText(/Understood as/).textContent).not.toContain('Client ID')
  })

  test('that is pasted over by another brings its own client id, and one without any takes none away', async () => {
    await show('')
    const replace = async (text: string) => {
      await userEvent.clear(screen.getByLabelText('Issuer'))
      await userEvent.paste(text)
      return screen.getByLabelText<HTMLInputElement>('Client ID').value
    }
    expect(await replace('https://id.example.com')).toBe('my-app')
    await userEvent.clear(screen.getByLabelText('Client ID'))
    await userEvent.click(screen.getByLabelText('Issuer'))
    expect(await replace(pasted.replace('my-app', 'other'))).toBe('other')
  })
})
