/**
 * The real demo servers in a process of their own, because their clock is moved: `Date` here is the real one and an
 * offset. The parent says `clock` and `restart`; every word is answered when it is done.
 */
const RealDate = Date
let offset = 0

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given) =>
    given.length === 0 ? new RealDate(RealDate.now() + offset) : Reflect.construct(target, given),
  get: (target, name) => (name === 'now' ? () => RealDate.now() + offset : Reflect.get(target, name)),
})

// Only now: whoever keeps `Date.now` while it is loaded keeps the moved one.
const { createAuthorizationServer } = await import('../../provider/authorization-server.ts')
const { createResourceServer } = await import('../../provider/resource-server.ts')

const [port = 0, resourcePort = 0, appPort = 0] = process.argv.slice(2).map(Number)
const options = { port, resourcePort, appOrigin: `http://localhost:${appPort}` }

async function start(): Promise<() => Promise<void>> {
  const servers = await Promise.all([createAuthorizationServer(options), createResourceServer(options)])
  return async () => {
    await Promise.all(servers.map(each => each.close()))
  }
}

let stop = await start()

async function obey(order: unknown): Promise<void> {
  if (typeof order !== 'object' || order === null) return
  if ('clock' in order && typeof order.clock === 'number') offset = order.clock
  if ('restart' in order) {
    await stop()
    stop = await start()
  }
}

process.on('message', order => {
  obey(order).then(
    () => process.send?.('done'),
    (error: unknown) => process.send?.(`failed: ${String(error)}`),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.('done')
