import { describe, expect, it } from 'vitest'
import { createBrowser, turn } from './fake-ports.test-data.ts'
import { createTabs, type TabNews } from './tabs.ts'

const news: TabNews = { type: 'signed_out', issuer: 'https://op.example', clientId: 'this-app', sub: null }

function twoTabs() {
  const browser = createBrowser()
  const ports = [0, 1].map(() => browser.openTab(async () => new Response()).ports)
  const [here, there] = ports
  if (!here || !there) throw new Error('two tabs were opened')
  return { browser, here, there, tabs: [createTabs(here), createTabs(there)] as const }
}

describe('the tabs of one origin', () => {
  it('LOUT-08: hear each other, and not themselves', async () => {
    const { tabs } = twoTabs()
    const heard: [string, TabNews][] = []
    tabs[0].listen(each => heard.push(['here', each]))
    const stop = tabs[1].listen(each => heard.push(['there', each]))
    tabs[0].announce('signed_out', news, null)
    await turn()
    expect(heard).toEqual([['there', news]])
    stop()
    tabs[0].announce('signed_out', news, null)
    await turn()
    expect(heard).toHaveLength(1)
  })

  it.each([
    null,
    'signed_out',
    { ...news, type: 'other' },
    { ...news, issuer: 5 },
    { ...news, issuer: '' },
    { type: 'signed_out' },
  ])('take no notice of %j', async message => {
    const { tabs, here } = twoTabs()
    const heard: TabNews[] = []
    tabs[1].listen(each => heard.push(each))
    here.channel.post(message)
    here.channel.post({ ...news, sub: 7 })
    await turn()
    expect(heard).toEqual([news])
  })

  it('LOUT-09: a tab that slept through a sign-out notices when it wakes, once', () => {
    const { tabs } = twoTabs()
    tabs[1].announce('signed_in', news, 'alice')
    expect(tabs[1].missedSignOut()).toBe(false)
    tabs[0].announce('signed_out', news, null)
    expect([tabs[0].missedSignOut(), tabs[1].missedSignOut(), tabs[1].missedSignOut()]).toEqual([
      false,
      true,
      false,
    ])
  })

  it('a tab in which nobody signed in has missed nothing, nor has one whose session is younger', () => {
    const { tabs } = twoTabs()
    tabs[0].announce('signed_out', news, null)
    expect(tabs[1].missedSignOut()).toBe(false)
    tabs[0].announce('signed_out', news, null)
    tabs[1].announce('signed_in', news, 'alice')
    expect(tabs[1].missedSignOut()).toBe(false)
  })

  it('a tab that heard it has not missed it; a sign-in is not counted', async () => {
    const { tabs } = twoTabs()
    tabs[1].listen(() => {})
    tabs[1].announce('signed_in', news, 'alice')
    tabs[0].announce('signed_out', news, null)
    await turn()
    expect(tabs[1].missedSignOut()).toBe(false)
    tabs[0].announce('signed_in', news, 'alice')
    expect(tabs[1].missedSignOut()).toBe(false)
  })

  it('LOUT-09: a sign-in that is heard does not hide a sign-out that was not', async () => {
    const { browser, tabs } = twoTabs()
    tabs[1].announce('signed_in', news, 'alice')
    tabs[1].listen(() => {})
    browser.local.set('pkce-lens.session-version', '1')
    tabs[0].announce('signed_in', news, 'alice')
    await turn()
    expect(tabs[1].missedSignOut()).toBe(true)
  })
})
