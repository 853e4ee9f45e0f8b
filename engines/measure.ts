/** What the engine itself does where the app depends on it. Facts, not claims: they may differ, so none can fail. */
import type { Driver } from './driver.ts'
import type { Site } from './journey.ts'
import { scriptInSandboxedFrame } from './sandboxed-frame.ts'

type Measurement = (browser: Driver, site: Site) => Promise<string>

/** Bodies of functions that run in a page of the app, under its own headers, and say what is there. */
const questions: Readonly<Record<string, string>> = {
  'Ed25519 in Web Crypto': `
    const { publicKey, privateKey } = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
    const data = new Uint8Array(8)
    const signature = await crypto.subtle.sign('Ed25519', privateKey, data)
    return (await crypto.subtle.verify('Ed25519', publicKey, signature, data)) ? 'signs and verifies' : 'wrong'`,
  'a key that cannot be exported, kept in IndexedDB': `
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const { privateKey } = await crypto.subtle.generateKey(algorithm, false, ['sign'])
    const done = request => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const opening = indexedDB.open('engine-check')
    opening.onupgradeneeded = () => opening.result.createObjectStore('keys')
    const database = await done(opening)
    await done(database.transaction('keys', 'readwrite').objectStore('keys').put(privateKey, 1))
    const key = await done(database.transaction('keys').objectStore('keys').get(1))
    database.close()
    return key.extractable === false ? 'comes back' : 'wrong'`,
  BroadcastChannel: `
    const [one, other] = [new BroadcastChannel('engine-check'), new BroadcastChannel('engine-check')]
    const heard = new Promise(resolve => other.addEventListener('message', ({ data }) => resolve(data)))
    one.postMessage('is heard')
    return heard`,
  'navigator.locks': "return navigator.locks ? 'yes' : 'no'",
  'credentialless frames': "return 'credentialless' in HTMLIFrameElement.prototype ? 'yes' : 'no'",
  'Trusted Types': "return window.trustedTypes ? 'yes' : 'no'",
  'a script of the same host in a sandboxed frame': scriptInSandboxedFrame,
  'an inline style under the policy': `
    const probe = document.body.appendChild(document.createElement('i'))
    probe.setAttribute('style', 'display: block')
    const { display } = getComputedStyle(probe)
    probe.remove()
    return display === 'block' ? 'applied' : 'refused'`,
}

/** A refusal is an answer too. */
function asked(body: string): Measurement {
  const guarded = `return (async () => {${body}})().catch(error => 'refused: ' + error.name)`
  return async (browser, { demo }) => {
    await browser.goto(`${demo.appOrigin}/`)
    return String(await browser.evaluate(guarded))
  }
}

/** Leaves the app for the provider's origin from inside the page, as a sign-in does. */
async function leave(browser: Driver, { demo }: Site): Promise<void> {
  const away = `${demo.issuer}/.well-known/openid-configuration`
  await browser.evaluate(`setTimeout(() => location.assign('${away}'))`)
  await browser.at(away)
}

const writtenOnPagehide: Measurement = async (browser, site) => {
  const home = `${site.demo.appOrigin}/`
  await browser.goto(home)
  await browser.evaluate("addEventListener('pagehide', () => sessionStorage.setItem('engine-check', 'kept'))")
  await leave(browser, site)
  await browser.goto(home)
  return String(await browser.evaluate("return sessionStorage.getItem('engine-check') ?? 'lost'"))
}

const back: Measurement = async (browser, site) => {
  const home = `${site.backOrigin}/`
  await browser.goto(home)
  await browser.evaluate(
    `sessionStorage.setItem('engine-check', 'loads it anew')
    addEventListener('pageshow', () => sessionStorage.setItem('engine-check', 'finds it alive'))`,
  )
  await leave(browser, site)
  await browser.back()
  await browser.at(home)
  await browser.until('the page is at rest', async () => {
    return (await browser.evaluate('return document.readyState')) === 'complete'
  })
  return String(await browser.evaluate("return sessionStorage.getItem('engine-check')"))
}

/** By name. */
export const measurements: ReadonlyMap<string, Measurement> = new Map([
  ...Object.entries(questions).map(([name, body]) => [name, asked(body)] as const),
  ['session storage written on pagehide, page with an opener policy', writtenOnPagehide],
  ['Back to a page of the app', back],
])
