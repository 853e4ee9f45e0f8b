/** Request lines that no browser and no `fetch` would send, over a plain socket. */
import { connect } from 'node:net'

/** Targets of a request line that are no ordinary path, some of them no address at all. */
export const oddTargets: readonly string[] = [
  '//',
  '///',
  '//[',
  '//a:b',
  '//user/profile',
  '/\\',
  '/%',
  '/%00',
  '/\u0000',
  '/\u00ff',
  '/?%',
  '/?access_token=%ff',
  '/interaction/%',
  '/authorize?client_id=%&redirect_uri=http://[',
  'http://',
  'http:///',
  'http://[/',
  'https://x:99999/',
  'http://%/',
  '*',
]

/**
 * Sends one request and waits until the server has closed the connection.
 * @returns the status; null when no answer came
 */
export function statusOf(origin: string, target: string, method = 'GET'): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(origin).port), host: 'localhost' })
    let answer = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      answer += chunk
    })
    socket.once('error', reject)
    socket.once('close', () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]
      resolve(status === undefined ? null : Number(status))
    })
    socket.write(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 'latin1')
  })
}
