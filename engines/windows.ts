/** The windows and tabs of one browser. What is done in the page is done in the one that was gone to last. */
import type { Remote } from './commands.ts'

type Until = (what: string, condition: () => Promise<boolean>) => Promise<void>

export class Windows {
  constructor(
    private readonly remote: Remote,
    private readonly until: Until,
  ) {}

  /** Handles of all. */
  private async open(): Promise<string[]> {
    const handles = await this.remote.send('windows')
    return Array.isArray(handles) ? handles.map(String) : []
  }

  /** Handle of the one that it is in. */
  async current(): Promise<string> {
    return String(await this.remote.send('window'))
  }

  async goTo(handle: string): Promise<void> {
    await this.remote.send('switchTo', { handle })
  }

  /** Goes to the one that this opens, and returns its handle. */
  async goToOpened(act: () => Promise<void>): Promise<string> {
    const before = await this.open()
    await act()
    let handle = ''
    await this.until('another window', async () => {
      handle = (await this.open()).find(each => !before.includes(each)) ?? ''
      return handle !== ''
    })
    await this.goTo(handle)
    return handle
  }

  goToNewTab(): Promise<string> {
    return this.goToOpened(async () => {
      await this.remote.send('newWindow', { type: 'tab' })
    })
  }

  /** Closes the one that it is in, as a person does, and goes to another one. */
  async close(next: string): Promise<void> {
    await this.remote.send('closeWindow')
    await this.goTo(next)
  }

  /** Waits until one is closed by its own page, and goes to another one. */
  async closedItself(handle: string, next: string): Promise<void> {
    await this.until('the window closes itself', async () => !(await this.open()).includes(handle))
    await this.goTo(next)
  }
}
