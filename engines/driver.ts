/** What a journey can do: the same few words in each engine. */
import { until } from '../interop/until.ts'
import type { Command, Remote } from './commands.ts'

/** How elements are found: by role and accessible name, or by a CSS selector. */
export type Target =
  | string
  | { readonly role: 'button' | 'link' | 'textbox' | 'heading'; readonly name: string | RegExp }

const within = 30_000
const candidates = {
  button: 'button, [role=button], input[type=submit]',
  link: 'a[href]',
  textbox: 'input',
  heading: 'h1, h2, h3',
}
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
  constructor(private readonly remote: Remote) {}

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
    const value = typeof target === 'string' ? target : candidates[target.role]
    const ids = idsOf(await this.remote.send('find', { using: 'css selector', value }))
    const fitting: string[] = []
    for (const id of ids) {
      if (typeof target !== 'string') {
        const label = await this.ask('label', { id })
        const fits = typeof target.name === 'string' ? label === target.name : target.name.test(label)
        if (!fits) continue
      }
      if ((await this.ask('displayed', { id })) === 'true') fitting.push(id)
    }
    return fitting
  }

  /** Does something with the first element that is shown, as soon as there is one. */
  private async withFirst(target: Target, act: (id: string) => Promise<void>): Promise<void> {
    const act1 = async () => {
      const [id] = await this.shown(target)
      if (id === undefined) return false
      await act(id)
      return true
    }
    await this.until(nameOf(target), act1)
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
   * @throws Error that names what was waited for, with the address and the words of the page
   */
  async until(what: string, condition: () => Promise<boolean>): Promise<void> {
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

  /** The windows that are open, by their handles. */
  async windows(): Promise<string[]> {
    const handles = await this.remote.send('windows')
    return Array.isArray(handles) ? handles.map(String) : []
  }

  window(): Promise<string> {
    return this.ask('window')
  }

  async switchTo(handle: string): Promise<void> {
    await this.remote.send('switchTo', { handle })
  }
}
