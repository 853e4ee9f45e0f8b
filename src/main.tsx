import './app/arrival.ts'
import './ui/tokens.css'
import './ui/base.css'
import { compose } from './app/compose.ts'
import { startTheme } from './ui/theme.ts'

const composition = compose()
// Before the first picture, and after the token request has left: local storage is slow when it is read first.
requestAnimationFrame(startTheme)

function startReact(): void {
  const root = document.getElementById('root')
  if (!root) return
  import('./app/app.tsx').then(
    ({ start }) => start(root, composition),
    () => root.replaceChildren(document.querySelector('template')?.content ?? ''),
  )
}

// Where a sign-in ends the token request leaves first, then the page to show is asked for, beside React and not after it.
if (/\/(callback|profile)$/.test(location.pathname))
  setTimeout(() => {
    startReact()
    import('./app/profile-route.tsx').catch(() => {})
  })
else startReact()
