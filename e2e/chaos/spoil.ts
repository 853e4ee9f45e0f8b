/** What a fault does to one response. */
import type { ServerResponse } from 'node:http'
import type { Answer } from './forward.ts'
import type { Fault } from './plan.ts'

/**
 * A response that hangs is left open.
 * @param answer the real one; null when the server was not asked
 * @returns false when the answer is to go on as it is, perhaps late
 */
export async function spoil(
  fault: Fault,
  response: ServerResponse,
  answer: Answer | null,
  appOrigin: string,
): Promise<boolean> {
  const cors = fault.cors
    ? {
        'access-control-allow-origin': appOrigin,
        'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
      }
    : {}
  switch (fault.kind) {
    case 'latency':
      await new Promise(resolve => setTimeout(resolve, 50 * Math.min(fault.times, 6)))
      return false
    case 'reset':
      response.destroy()
      return true
    case 'hang':
      return true
    case 'unavailable':
      response.writeHead(503, { 'content-type': 'text/html', ...cors }).end('<h1>Service unavailable</h1>')
      return true
    case 'rate_limited':
      response
        .writeHead(429, { 'retry-after': String(fault.seconds), 'content-type': 'text/plain', ...cors })
        .end('slow down')
      return true
    case 'unauthorized':
      response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"', ...cors }).end()
      return true
    case 'oversized': {
      if (!answer) return false
      const { 'content-length': _length, ...headers } = answer.headers
      response.writeHead(answer.status, headers)
      response.write(answer.body)
      response.end(Buffer.alloc(3 * 1_048_576, ' '))
      return true
    }
    case 'truncated':
      if (!answer || answer.body.length === 0) return false
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) })
      response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => response.destroy())
      return true
  }
}
