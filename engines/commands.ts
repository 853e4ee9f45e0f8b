/**
 * The WebDriver commands that the journeys need (W3C WebDriver, "List of endpoints"). Firefox speaks them over
 * Marionette, its own socket, and WebKitGTK over HTTP: the same commands with the same parameters under two names.
 */
export const commands = {
  navigate: { marionette: 'WebDriver:Navigate', method: 'POST', path: 'url' },
  url: { marionette: 'WebDriver:GetCurrentURL', method: 'GET', path: 'url' },
  back: { marionette: 'WebDriver:Back', method: 'POST', path: 'back' },
  forward: { marionette: 'WebDriver:Forward', method: 'POST', path: 'forward' },
  reload: { marionette: 'WebDriver:Refresh', method: 'POST', path: 'refresh' },
  label: { marionette: 'WebDriver:GetComputedLabel', method: 'GET', path: 'element/{id}/computedlabel' },
  text: { marionette: 'WebDriver:GetElementText', method: 'GET', path: 'element/{id}/text' },
  click: { marionette: 'WebDriver:ElementClick', method: 'POST', path: 'element/{id}/click' },
  clear: { marionette: 'WebDriver:ElementClear', method: 'POST', path: 'element/{id}/clear' },
  type: { marionette: 'WebDriver:ElementSendKeys', method: 'POST', path: 'element/{id}/value' },
  evaluate: { marionette: 'WebDriver:ExecuteScript', method: 'POST', path: 'execute/sync' },
  windows: { marionette: 'WebDriver:GetWindowHandles', method: 'GET', path: 'window/handles' },
  window: { marionette: 'WebDriver:GetWindowHandle', method: 'GET', path: 'window' },
  switchTo: { marionette: 'WebDriver:SwitchToWindow', method: 'POST', path: 'window' },
  newWindow: { marionette: 'WebDriver:NewWindow', method: 'POST', path: 'window/new' },
  frame: { marionette: 'WebDriver:SwitchToFrame', method: 'POST', path: 'frame' },
  closeWindow: { marionette: 'WebDriver:CloseWindow', method: 'DELETE', path: 'window' },
} as const

export type Command = keyof typeof commands

/** One browser that takes commands. */
export interface Remote {
  /** @throws Error with the browser's own words when the command fails */
  send(command: Command, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>
  close(): Promise<void>
}

/** An engine that can be started as often as wanted, each time with an empty profile. */
export interface Engine {
  /** Name and version, as the browser's own program says them. */
  readonly title: string
  /** Its driver loses a page when Back crosses a Cross-Origin-Opener-Policy: that journey is walked without one. */
  readonly losesPagesOnBack: boolean
  open(): Promise<Remote>
  close(): Promise<void>
}

export interface NotRun {
  readonly notRun: string
}
