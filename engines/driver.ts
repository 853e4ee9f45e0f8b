/** What a journey can do: the same few words in each engine. */
import { until } from '../interop/until.ts'
import type { Command, Remote } from './commands.ts'
import { Windows } from './windows.ts'

/** How elements are found: by role and accessible name, or by a CSS selector. */
export type Target = string | { readonly role: keyof typeof candidates; readonly name: string | RegExp }

/** Milliseconds. */
const patience = 30_000
const candidates = {
  button: 'button, [role=button], input[type=submit]',
  link: 'a[href]',
  textbox: 'input',
  heading: 'h1, h2, h3',
  menuitemcheckbox: '[role=menuitemcheckbox]',
}
/** Drawn somewhere, also where one has to scroll to: the drivers' own command takes that for hidden now and then. */
const drawn = `return [...document.querySelectorAll(arguments[0])].filter(each => {
  const { width, height } = each.getBoundingClientRect()
  return width > 0 && height > 0 && each.checkVisibility({ visibilityProperty: true })
})`
/** WebDriver's code points ("Keyboard actions"). */
const keys = { Escape: '\uE00C' }
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

const nameOf = (target: Target) =>
  typeof target === 'string' ? target : `${target.role} ${String(target.name)}`

function idsOf(found: unknown): string[] {
  if (!Array.isArray(found)) throw new Error('no list of elements')
  return found.map((each: unknown) => {
    const id: unknown = typeof each === 'object' && each !== null ? Reflect.get(each, elementKey) : null
    if (typeof id !== 'string') throw new Error('no element')
    return id
  })
}

export class Driver {
  readonly windows: Windows

  constructor(private readonly remote: Remote) {
    this.windows = new Windows(remote, (what, condition) => this.until(what, condition))
  }

  private async ask(command: Command, parameters: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return String(await this.remote.send(command, parameters))
  }

  async goto(url: string): Promise<void> {
    await this.remote.send('navigate', { url })
  }

  async reload(): Promise<void> {
    await this.remote.send('reload')
  }

  async back(): Promise<void> {
    await this.remote.send('back')
  }

  async forward(): Promise<void> {
    await this.remote.send('forward')
  }

  url(): Promise<string> {
    return this.ask('url')
  }

  /** Runs the body of a function in the page; a promise that it returns is waited for. */
  evaluate(body: string): Promise<unknown> {
    return this.remote.send('evaluate', { script: body, args: [] })
  }

  private async shown(target: Target): Promise<string[]> {
    const selector = typeof target === 'string' ? target : candidates[target.role]
    const ids = idsOf(await this.remote.send('evaluate', { script: drawn, args: [selector] }))
    if (typeof target === 'string') return ids
    const fitting: string[] = []
    for (const id of ids) {
      const label = await this.ask('label', { id })
      if (typeof target.name === 'string' ? label === target.name : target.name.test(label)) fitting.push(id)
    }
    return fitting
  }

  /** Does something with the first element that is shown, as soon as there is one. */
  private async withFirst(target: Target, act: (id: string) => Promise<void>): Promise<void> {
    const attempt = async () => {
      const [id] = await this.shown(target)
      if (id === undefined) return false
      await act(id)
      return true
    }
    await this.until(nameOf(target), attempt)
  }

  async click(target: Target): Promise<void> {
    // A driver scrolls no further than to the edge, where something sticky may lie above.
    const script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })"
    await this.withFirst(target, async id => {
      await this.remote.send('evaluate', { script, args: [{ [elementKey]: id }] })
      await this.remote.send('click', { id })
    })
  }

  async fill(target: Target, text: string): Promise<void> {
    await this.withFirst(target, async id => {
      await this.remote.send('clear', { id })
      await this.remote.send('type', { id, text })
    })
  }

  /** Puts the focus there and presses a key. */
  async press(target: Target, key: keyof typeof keys): Promise<void> {
    await this.withFirst(target, async id => {
      await this.remote.send('type', { id, text: keys[key] })
    })
  }

  async isShown(target: Target): Promise<boolean> {
    return (await this.shown(target)).length > 0
  }

  /** The text of the first element that is shown. */
  async text(target: Target): Promise<string> {
    let text = ''
    await this.withFirst(target, async id => {
      text = await this.ask('text', { id })
    })
    return text
  }

  /** An attribute of the first element that is shown. */
  async attribute(target: Target, name: string): Promise<string | null> {
    let found: unknown = null
    const script = 'return arguments[0].getAttribute(arguments[1])'
    await this.withFirst(target, async id => {
      found = await this.remote.send('evaluate', { script, args: [{ [elementKey]: id }, name] })
    })
    return typeof found === 'string' ? found : null
  }

  /** Waits until these words stand on the page. */
  async read(words: string): Promise<void> {
    await this.until(`the words "${words}"`, async () =>
      String(await this.evaluate('return document.body.innerText')).includes(words),
    )
  }

  /** Waits until it is shown. */
  async see(target: Target): Promise<void> {
    await this.until(nameOf(target), () => this.isShown(target))
  }

  /** Waits for an address. */
  async at(what: string | ((url: URL) => boolean)): Promise<void> {
    const fits = (now: string) => (typeof what === 'string' ? now === what : what(new URL(now)))
    await this.until(`the address ${typeof what === 'string' ? what : ''}`, async () =>
      fits(await this.url()),
    )
  }

  /**
   * Waits for a condition; an error counts as "not yet".
   * @param within milliseconds, for what takes its time by nature
   * @throws Error that names what was waited for, with the address and the words of the page
   */
  async until(what: string, condition: () => Promise<boolean>, within = patience): Promise<void> {
    try {
      await until(what, condition, { within })
    } catch (error) {
      const words = await this.evaluate('return document.body.innerText.slice(0, 400)').catch(String)
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(
        `${reason}\nat ${await this.url().catch(String)}: ${String(words).replaceAll(/\s+/g, ' ')}`,
      )
    }
  }

  /** Looks into a frame, of whatever origin, and comes back to the page. */
  async inFrame<T>(selector: string, look: () => Promise<T>): Promise<T> {
    const script = `const { contentWindow } = document.querySelector(arguments[0])
      return [...Array(length).keys()].find(each => window[each] === contentWindow)`
    await this.remote.send('frame', {
      id: await this.remote.send('evaluate', { script, args: [selector] }),
    })
    try {
      return await look()
    } finally {
      await this.remote.send('frame', { id: null })
    }
  }
}
