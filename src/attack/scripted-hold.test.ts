import { describe, expect, it } from 'vitest'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { HeldMessage } from '../oauth/step.ts'
import { createScriptedHold, editAnswer, editAuthorization, editCallback, editForm } from './scripted-hold.ts'

const request: HeldMessage = {
  type: 'request',
  purpose: 'token',
  request: {
    method: 'POST',
    url: 'https://as.example/token',
    headers: { dpop: 'proof' },
    body: 'code=a&x=1',
  },
}
const address = (query: string): HeldMessage => ({
  type: 'navigation',
  purpose: 'authorization',
  method: 'GET',
  url: `https://as.example/authorize?${query}`,
  body: null,
})

describe('the scripted hold', () => {
  it('edits the one message it is for, and lets the others through as they are', async () => {
    const forged: string[] = []
    const { hold, during } = createScriptedHold(text => forged.push(text))
    const edit = editForm('token', form => form.set('code', 'b'))
    const other: HeldMessage = { ...request, purpose: 'refresh' }
    const [edited, same] = await during(edit, () => Promise.all([hold(request), hold(other)]))
    expect(edited).toMatchObject({ request: { body: 'code=b&x=1' } })
    expect(same).toBe(other)
    expect(forged).toEqual(['b'])
    expect(await hold(request)).toBe(request)
  })

  it('says so when the message to edit never came: nothing was attacked', async () => {
    const { during } = createScriptedHold(() => {})
    const edit = editCallback(parameters => parameters.delete('state'))
    await expect(during(edit, async () => 'done')).rejects.toMatchObject({ code: 'attack_not_made' })
    const failing = during(edit, () => Promise.reject(new OAuthError({ code: 'token_response_error' })))
    await expect(failing).rejects.toMatchObject({ code: 'attack_not_made' })
  })

  it('lets "the person is needed" through, so that a window can be tried', async () => {
    const { during } = createScriptedHold(() => {})
    const blind = () => Promise.reject(new OAuthError({ code: 'silent_interaction_required' }))
    const edit = editAnswer('token', async json => json)
    await expect(during(edit, blind)).rejects.toMatchObject({ code: 'silent_interaction_required' })
  })
})

describe('the edits', () => {
  it('change the authorization request in the address, or in the pushed form', async () => {
    const edit = editAuthorization(parameters => parameters.delete('code_challenge'))
    expect(await edit(address('code_challenge=c&state=s'))).toMatchObject({
      url: 'https://as.example/authorize?state=s',
    })
    expect(await edit(address('client_id=c&request_uri=urn:x'))).toBeNull()
    const pushed: HeldMessage = {
      type: 'request',
      purpose: 'par',
      request: {
        method: 'POST',
        url: 'https://as.example/par',
        headers: {},
        body: 'code_challenge=c&state=s',
      },
    }
    expect(await edit(pushed)).toMatchObject({ request: { body: 'state=s' } })
  })

  it('touch only good answers', async () => {
    const edit = editAnswer('token', async json => ({ ...json, id_token: 'forged' }))
    const answer = (status: number, body: string): HeldMessage => ({
      type: 'response',
      purpose: 'token',
      response: { status, headers: {}, body },
    })
    expect(await edit(answer(200, '{"a":1}'))).toMatchObject({
      response: { body: '{"a":1,"id_token":"forged"}' },
    })
    expect(await edit(answer(400, '{"error":"x"}'))).toBeNull()
    expect(await edit(answer(200, 'not json'))).toBeNull()
  })
})
