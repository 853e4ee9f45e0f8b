/** Which requests a browser asks permission for, before it sends them to another origin. */
import type { HttpRequest } from '../oauth/step.ts'

const simpleMethods = ['GET', 'HEAD', 'POST']
const simpleHeaders = ['accept', 'accept-language', 'content-language', 'content-type']
const simpleTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

/** Whether the Fetch standard has the browser ask first (CORS preflight), for a request to another origin. */
export function needsPreflight({ method, headers }: Pick<HttpRequest, 'method' | 'headers'>): boolean {
  if (!simpleMethods.includes(method.toUpperCase())) return true
  return Object.entries(headers).some(([name, value]) => {
    const header = name.toLowerCase()
    if (!simpleHeaders.includes(header)) return true
    return header === 'content-type' && !simpleTypes.includes(essenceOf(value))
  })
}

/** The media type without its parameters. */
function essenceOf(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase()
}
