/** The runtime configuration: what the person chose on /provider, else `config.json` of this origin. */
import { isObject } from '../oauth/check.ts'
import { type ClientConfig, parseClientConfig } from '../oauth/client-config.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { basePath } from './arrival.ts'

const storedKey = 'pkce-lens.provider'

export interface LoadedConfig {
  readonly config: ClientConfig
  readonly source: 'config.json' | 'stored'
}

/** @throws OAuthError `config_*`, naming the file or the field */
export async function loadConfig(): Promise<LoadedConfig> {
  const stored = readStored()
  if (stored) return { config: stored, source: 'stored' }
  return { config: await loadFile(), source: 'config.json' }
}

/** What `config.json` says, whatever was chosen. @throws OAuthError `config_*` */
export async function loadFile(): Promise<ClientConfig> {
  return parseClientConfig(await readFile(), location.origin, basePath)
}

function readStored(): ClientConfig | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storedKey) ?? 'null')
    return isObject(stored) ? parseClientConfig(stored, location.origin, basePath) : null
  } catch {
    return null
  }
}

async function readFile(): Promise<unknown> {
  const url = `${basePath}config.json`
  let response: Response
  try {
    response = await fetch(url, { cache: 'no-cache', credentials: 'same-origin' })
  } catch (error) {
    throw new OAuthError(
      { code: 'config_unreadable', expected: url, received: 'no answer', endpoint: url },
      error,
    )
  }
  if (!response.ok)
    throw new OAuthError({
      code: 'config_unreadable',
      expected: `${url} with status 200`,
      received: String(response.status),
      endpoint: url,
      httpStatus: response.status,
    })
  let text = ''
  try {
    text = await response.text()
    return JSON.parse(text)
  } catch (error) {
    // A host that answers unknown paths with the app has no such file.
    const received = /^\s*</.test(text) ? 'a web page' : 'something else'
    throw new OAuthError(
      { code: 'config_unreadable', expected: `${url} as JSON`, received, endpoint: url },
      error,
    )
  }
}
