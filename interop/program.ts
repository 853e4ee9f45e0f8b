/** Runs a command to its end: its number is the exit code, and an error is one line. */
export async function runProgram(name: string, main: (argument: string) => Promise<number>): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  try {
    process.exitCode = await main(process.argv[2] ?? '')
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
