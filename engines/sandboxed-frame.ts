/**
 * Body of a function for a page of the app: does a page of ours run its script in a frame without an origin, under
 * `script-src 'self'`? The second frame has an origin and speaks after the first one: then no word of the first is
 * still on its way.
 */
export const scriptInSandboxedFrame = `
  const origins = []
  let hear = () => {}
  addEventListener('message', ({ origin }) => {
    origins.push(origin)
    hear()
  })
  const open = sandbox => {
    const frame = document.createElement('iframe')
    frame.hidden = true
    frame.sandbox = sandbox
    frame.src = '/silent-callback.html'
    document.documentElement.append(frame)
    return frame
  }
  const first = open('allow-scripts')
  await new Promise(resolve => first.addEventListener('load', resolve))
  const second = open('allow-scripts allow-same-origin')
  await new Promise(resolve => {
    hear = () => origins.includes(location.origin) && resolve()
    hear()
  })
  first.remove()
  second.remove()
  return origins.includes('null') ? 'runs' : 'refused'`
