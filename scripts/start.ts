/** `npm start`: the app and its demo provider together. Ctrl-C stops everything. */
import { startDemo } from '../provider/demo.ts'
import { demoStartFromEnv } from '../provider/demo-env.ts'

try {
  const demo = await startDemo(demoStartFromEnv(process.env))
  const faults = demo.weaknesses.on
  console.log(`\n  Open ${demo.appOrigin}/\n`)
  console.log('  Accounts: alice and bob, password: password')
  console.log(`  ${faults.length > 0 ? `Switched-on faults: ${faults.join(', ')}. ` : ''}Ctrl-C stops it.\n`)
  const stop = () => {
    void demo.close().then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
