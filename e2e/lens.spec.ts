import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, signIn, signInAtProvider, test } from './app.ts'

const list = (page: Page) => page.getByRole('list', { name: 'Protocol messages' })

interface Drawn {
  readonly step: string
  readonly status: string
  readonly text: string
  /** As a screen reader says it: number, who to whom, what. */
  readonly sentence: string
}

async function drawn(page: Page): Promise<Drawn[]> {
  return list(page)
    .locator('[data-step]')
    .evaluateAll(items =>
      items.map(item => ({
        step: item.getAttribute('data-step') ?? '',
        status: item.getAttribute('data-status') ?? '',
        text: item.textContent ?? '',
        sentence: item.querySelector('.lens-hit')?.getAttribute('aria-label') ?? '',
      })),
    )
}

test('the list holds exactly the messages that the provider and the API logged, in order', async ({
  page,
  demo,
}) => {
  const before = demo.log.entries.length
  await signIn(page, demo)
  await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
  const logged = demo.log.entries
    .slice(before)
    .filter(({ method, path, origin, server }) => {
      if (
        method === 'OPTIONS' ||
        path.startsWith('/interaction') ||
        path.startsWith('/assets') ||
        path.startsWith('/avatars')
      )
        return false
      if (/^\/authorize\/./.test(path)) return false
      // The API's own request for the keys comes from no page.
      return path !== '/jwks' || (origin === demo.appOrigin && server === 'authorization')
    })
    .map(({ method, path, server }) => ({ line: `${method} ${path}`, server }))
  await page.getByRole('link', { name: 'Flow' }).click()
  await expect(list(page).locator('[data-step=profile_response][data-status=done]')).toBeVisible()
  const requests = (await drawn(page)).filter(
    ({ step, status }) => step.endsWith('_request') && status === 'done',
  )
  const labels = requests.map(
    ({ text }) =>
      text.match(
        /(GET|POST) (\/\.well-known\/openid-configuration|\/user\/profile|\/[a-z]+?(?=code_challenge|code|\d|$))/,
      )?.[0],
  )
  const lines = logged.map(({ line }) => line)
  // Two requests that leave side by side may arrive in either order.
  expect(labels.toSorted()).toEqual(lines.toSorted())
  expect(labels.filter(label => label !== 'GET /jwks')).toEqual(lines.filter(line => line !== 'GET /jwks'))
  // Each arrow ends at the server that logged the request, and its answer begins there.
  const servers = { authorization: 'Authorization server', resource: 'Resource server' }
  const ends = (line = '') => servers[logged.find(each => each.line === line)?.server ?? 'authorization']
  for (const [at, { sentence }] of requests.entries())
    expect(sentence).toContain(`App to ${ends(labels[at])}: `)
  const answers = (await drawn(page)).filter(
    ({ step, status }) => step.endsWith('_response') && status === 'done',
  )
  expect(answers.map(({ sentence }) => sentence.match(/[A-Z][a-z ]+ to App(?=: )/)?.[0]).toSorted()).toEqual(
    labels.map(label => `${ends(label)} to App`).toSorted(),
  )
  expect((await drawn(page)).filter(({ status }) => status === 'failed' || status === 'blocked')).toEqual([])
})

/** How a value is shown: encoded as on the wire; a one-time value of a page that died as the prefix of its hash. */
function shownValue(name: string, value: string): string {
  const fingerprint = createHash('sha256').update(value).digest('hex').slice(0, 4)
  if (name === 'code_challenge') return value
  return name === 'state' || name === 'nonce' ? fingerprint : new URLSearchParams([[name, value]]).toString()
}

test('the HTTP tab shows the values that really travelled', async ({ page, demo }) => {
  await signIn(page, demo)
  await page.getByRole('link', { name: 'Flow' }).click()
  const exchange = demo.log.entries.findLast(({ path }) => path === '/token')
  const profile = demo.log.entries.findLast(({ path }) => path === '/user/profile')
  expect(profile?.authorization).toBe('Bearer')
  await list(page).locator('[data-step=authorization_request]').getByRole('button').first().click()
  await page.getByRole('tab', { name: 'HTTP' }).click()
  const panel = page.getByRole('tabpanel')
  const asked = [...(demo.log.entries.findLast(({ path }) => path === '/authorize')?.query ?? [])]
  expect(asked.map(([name]) => name)).toContain('code_challenge')
  for (const [name, value] of asked) await expect(panel).toContainText(shownValue(name, value))
  await list(page).locator('[data-step=token_request]').getByRole('button').first().click()
  await page.getByRole('tab', { name: 'HTTP' }).click()
  // The verifier was made by the page that died: it is gone, its hash is the challenge. The code was seen by this page.
  await expect(panel).toContainText('code_verifier')
  await expect(panel).not.toContainText(exchange?.form.get('code_verifier') ?? 'never')
  await page.keyboard.press('v')
  await expect(panel).toContainText(exchange?.form.get('code') ?? 'never')
})

test('a silent refresh appends to the story', async ({ page, demo }) => {
  await signIn(page, demo)
  await page.getByRole('button', { name: 'Refresh token' }).click()
  await expect(page.getByText('renewed 1 time')).toBeVisible()
  await page.getByRole('link', { name: 'Flow' }).click()
  await expect(list(page).locator('[data-step=refresh_response][data-status=done]')).toHaveCount(1)
})

test('a renewal and a sign-out show the values that the provider logged', async ({ page, demo }) => {
  const before = demo.log.entries.length
  await signIn(page, demo)
  await page.getByRole('button', { name: 'Refresh token' }).click()
  await expect(page.getByText('renewed 1 time')).toBeVisible()
  await page.getByRole('link', { name: 'Flow' }).click()
  const panel = page.getByRole('tabpanel')
  const look = async (step: string) => {
    await list(page).locator(`[data-step=${step}] .lens-hit`).first().click()
    await page.getByRole('tab', { name: 'HTTP' }).click()
  }
  const form = (path: string) =>
    demo.log.entries.findLast(each => each.path === path)?.form ?? new URLSearchParams()
  await look('refresh_request')
  // The key is heard once the lens is there.
  await page.keyboard.press('v')
  const renewal = form('/token')
  expect([...renewal.keys()].toSorted()).toEqual(['client_id', 'grant_type', 'refresh_token'])
  for (const value of renewal.values()) await expect(panel).toContainText(value)
  await page.getByRole('link', { name: 'Profile', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.locator('.lens-strip-status')).toContainText('Signed out')
  await look('revocation_request')
  const revoked = demo.log.entries.slice(before).find(({ path }) => path === '/revoke')?.form
  expect(revoked?.get('token_type_hint')).toBe('refresh_token')
  for (const [name, value] of revoked ?? []) {
    // The page that knew the token has died since.
    const fingerprint = createHash('sha256').update(value).digest('hex').slice(0, 4)
    if (name === 'token') await expect(panel.locator(`[data-fp^="${fingerprint}"]`).first()).toBeVisible()
    else await expect(panel).toContainText(value)
  }
  await look('end_session_request')
  const asked = demo.log.entries.findLast(({ path }) => path === '/logout')
  const parameters = [...(asked?.query ?? []), ...(asked?.form ?? [])]
  expect(parameters.map(([name]) => name)).toContain('post_logout_redirect_uri')
  for (const [name, value] of parameters) {
    const isSecret = name === 'id_token_hint' || name === 'state'
    await expect(panel).toContainText(isSecret ? name : new URLSearchParams([[name, value]]).toString())
  }
})

test('REV-06: a sign-out that cannot take a token back ends signed out, with a note', async ({
  page,
  demo,
}) => {
  await signIn(page, demo)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.locator('.lens-strip-status')).toContainText('Signed out')
  const answers = list(page).locator('[data-step=revocation_response]')
  await expect(answers).toHaveCount(2)
  await expect(answers.last()).toContainText('400 unsupported_token_type')
  expect((await drawn(page)).filter(({ status }) => status === 'failed' || status === 'blocked')).toEqual([])
  await answers.last().locator('.lens-hit').click()
  await expect(page.getByRole('heading', { name: 'A token that ends by itself' })).toBeVisible()
  await expect(page.getByText('Noted, the flow goes on')).toBeVisible()
  await expect(page.getByText(/^It ends in \d+ seconds?\.$/)).toBeVisible()
})

test('what somebody reads stays on the profile too, and V means every secret there', async ({
  page,
  demo,
}) => {
  await signIn(page, demo)
  const peek = page.locator('.lens-peek')
  const read = peek.getByRole('heading', { level: 2 })
  await expect(read).toHaveText('Profile response')
  await peek.getByRole('tab', { name: 'HTTP' }).click()
  await page.getByRole('button', { name: 'Refresh token' }).click()
  const newer = peek.getByRole('button', { name: /newer messages$/ })
  await expect(newer).toBeVisible()
  await expect(read).toHaveText('Profile response')
  await newer.click()
  await expect(read).not.toHaveText('Profile response')
  const tokens = page.getByLabel('Access token', { exact: true })
  await expect(tokens.getByRole('button', { name: 'Show the signature of access_token' })).toBeVisible()
  await page.keyboard.press('v')
  await expect(tokens.getByRole('button', { name: 'Hide the signature of access_token' })).toBeVisible()
  await expect(tokens.getByRole('button', { name: 'Show secrets' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('.inspector-dots')).toHaveCount(0)
})

test('pointing at a value moves no text', async ({ page, demo }) => {
  await signIn(page, demo)
  await page.getByRole('link', { name: 'Flow' }).click()
  await list(page).locator('[data-step=token_request] .lens-hit').click()
  const chip = page.getByRole('tabpanel').locator('.ui-chip').first()
  await expect(chip).toBeVisible()
  // The tab may be drawn once more while it is looked at.
  await expect.poll(() => chip.boundingBox()).not.toBeNull()
  const before = await chip.boundingBox()
  await chip.hover()
  await expect(page.getByRole('complementary', { name: 'The way of this value' })).toBeVisible()
  await expect.poll(() => chip.boundingBox()).toEqual(before)
})

test('what is told of a value lies over the values below it, on a small phone', async ({ page, demo }) => {
  await page.setViewportSize({ width: 360, height: 520 })
  await signIn(page, demo)
  await page.getByRole('link', { name: 'Flow' }).click()
  await list(page).locator('[data-step=pkce_compared]').getByRole('button').first().press('Enter')
  await page.getByRole('tab', { name: 'Checks' }).click()
  await page.getByRole('tabpanel').locator('.ui-chip').last().hover()
  const told = page.locator('.inspector-thread')
  await expect(told).toBeVisible()
  const under = await page.evaluate(() => {
    const panel = document.querySelector<HTMLElement>('.inspector-thread')
    const box = panel?.getBoundingClientRect()
    if (!panel || !box) return []
    // It lets the pointer through, and the question is only what is drawn on top.
    panel.style.pointerEvents = 'auto'
    const seen = [...document.querySelectorAll('[role=tabpanel] .ui-chip-lit')].flatMap(chip => {
      const { left, bottom, top } = chip.getBoundingClientRect()
      const y = (Math.max(top, box.top) + bottom) / 2
      return bottom < box.top + 4 || y > box.bottom
        ? []
        : [panel.contains(document.elementFromPoint(left + 8, y))]
    })
    panel.style.pointerEvents = ''
    return seen
  })
  expect(under.length).toBeGreaterThan(0)
  expect(under).not.toContain(false)
})

test('a failure is drawn where it happened, with its code', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/callback?code=stolen&state=foreign`)
  await expect(page.locator('[role=alert]')).toBeVisible()
  await page.getByRole('link', { name: 'Flow' }).click()
  await expect(list(page).locator('[data-step=authorization_response_checked]')).toHaveAttribute(
    'data-status',
    'blocked',
  )
  await expect(page.locator('body')).toContainText('auth_response_state_unknown')
})

test('each message can be reached and opened with the keyboard', async ({ page, demo }) => {
  await signIn(page, demo)
  await page.getByRole('link', { name: 'Flow' }).click()
  const first = list(page).locator('[data-step=authorization_request]').getByRole('button').first()
  await first.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Authorization request' })).toBeVisible()
  await page.keyboard.press('3')
  await expect(page.getByRole('tab', { name: 'Checks' })).toHaveAttribute('aria-selected', 'true')
})

for (const [name, width] of [
  ['lanes', 1440],
  ['story', 390],
] as const)
  test(`a press on the words of a message chooses it: ${name}`, async ({ page, demo }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${demo.appOrigin}/`)
    await list(page).locator('[data-step]').first().waitFor()
    const dead = await list(page)
      .locator('[data-step]')
      .evaluateAll(rows =>
        rows.flatMap(row => {
          row.scrollIntoView({ block: 'center', behavior: 'instant' })
          const box = row.querySelector('.lens-label')?.getBoundingClientRect()
          const met = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
          return met && row.contains(met.closest('button')) ? [] : [row.getAttribute('data-step')]
        }),
      )
    expect(dead).toEqual([])
  })

test('on a phone a chosen message is explained on the screen, wherever the list stands', async ({
  page,
  demo,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, demo)
  await page.getByRole('link', { name: 'Flow' }).click()
  const grab = page.getByRole('button', { name: 'Open the inspector' })
  await expect(grab).toBeInViewport()
  for (const step of ['pkce_created', 'profile_response']) {
    await list(page).locator(`[data-step=${step}] .lens-hit`).click()
    await expect(page.getByRole('tab', { name: 'Explain' })).toBeInViewport({ ratio: 1 })
    await page.getByRole('button', { name: 'Close the inspector' }).click()
    await expect(grab).toBeInViewport()
  }
})

test('a sign-in without the lens open loads none of its code', async ({ page, demo }) => {
  const scripts: string[] = []
  page.on('response', response => {
    if (response.url().endsWith('.js') && response.url().startsWith(demo.appOrigin))
      scripts.push(response.url())
  })
  await page.addInitScript(() => localStorage.setItem('pkce-lens.dock', JSON.stringify({ open: false })))
  await page.goto(`${demo.appOrigin}/profile`)
  await page.locator('main').getByRole('button', { name: 'Sign in' }).click()
  await signInAtProvider(page)
  await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.filter(url => /flow-route|inspector|lens|lab|doctor/.test(url))).toEqual([])
})

test('on a phone the tabs of the sheet stay where they are when one is pressed', async ({ page, demo }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, demo)
  await page.getByRole('link', { name: 'Flow', exact: true }).click()
  await page.getByRole('button', { name: 'Open the inspector' }).click()
  const tabs = page.getByRole('complementary', { name: 'Inspector' }).getByRole('tablist').first()
  const before = await tabs.boundingBox()
  for (const name of ['HTTP', /^Checks/, 'Code', 'Explain']) {
    await tabs.getByRole('tab', { name }).click()
    expect(await tabs.boundingBox()).toEqual(before)
  }
})

for (const width of [1440, 820])
  test(`the story is named in full, ${width} px wide`, async ({ page, demo }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${demo.appOrigin}/`)
    const name = page.locator('.lens-picker-name')
    await expect(name).toHaveText(/^Preparation at/)
    expect(await name.evaluate(each => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0)
  })
