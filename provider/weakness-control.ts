/**
 * `GET` and `PUT /demo/weaknesses`: the switchboard of the faults, for the experiments of the app.
 * It exists on this demo server only. It answers on loopback, by a loopback name, and to pages of the app alone.
 */
import { corsHeaders, preflightHeaders } from './cors.ts'
import { readBody } from './form-body.ts'
import type { Context, Middleware } from './oidc-provider.ts'
import { parseWeaknessId, type Weaknesses, type WeaknessId, weaknessList } from './weaknesses.ts'

const loopbackAddresses = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

function mayAsk(ctx: Context, origins: ReadonlySet<string>): boolean {
  // The name is checked too: a foreign name that was pointed at this machine is not ours (DNS rebinding).
  return (
    loopbackAddresses.has(ctx.req.socket.remoteAddress ?? '') &&
    loopbackNames.has(ctx.hostname) &&
    origins.has(ctx.get('Origin'))
  )
}

/** Reads `{"on": ["…"]}`. @throws Error that says what is wrong */
function parseOrder(text: string): WeaknessId[] {
  const order: unknown = JSON.parse(text)
  if (typeof order !== 'object' || order === null || !('on' in order) || !Array.isArray(order.on))
    throw new Error('Expected {"on": [names of weaknesses]}')
  return order.on.map(name => parseWeaknessId(String(name)))
}

export function serveWeaknessControl(weaknesses: Weaknesses, origins: ReadonlySet<string>): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/demo/weaknesses') {
      await next()
      return
    }
    ctx.vary('Origin')
    if (!mayAsk(ctx, origins)) {
      ctx.status = 403
      ctx.body = { error: 'forbidden', error_description: 'Only a page of the app on this machine may ask.' }
      return
    }
    const origin = ctx.get('Origin')
    if (ctx.method === 'OPTIONS') {
      ctx.set(preflightHeaders(origin, origins, 'GET, PUT'))
      ctx.status = 204
      return
    }
    ctx.set({ ...corsHeaders(origin, origins), 'Cache-Control': 'no-store' })
    if (ctx.method !== 'GET' && ctx.method !== 'PUT') {
      ctx.status = 405
      ctx.set('Allow', 'GET, PUT, OPTIONS')
      return
    }
    if (ctx.method === 'PUT')
      try {
        weaknesses.set(parseOrder(await readBody(ctx.req)))
      } catch (error) {
        ctx.status = 400
        ctx.body = {
          error: 'invalid_request',
          error_description: error instanceof Error ? error.message : '',
        }
        return
      }
    ctx.body = { weaknesses: weaknessList.map(each => ({ ...each, on: weaknesses.has(each.id) })) }
  }
}
