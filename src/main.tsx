import './app/arrival.ts'
import './ui/tokens.css'
import './ui/base.css'
import { compose } from './app/compose.ts'
import { startTheme } from './ui/theme.ts'

const composition = compose()
startTheme()

const root = document.getElementById('root')
if (root) import('./app/app.tsx').then(({ start }) => start(root, composition))
