// The central server's program: reads the command line, starts the centre or runs one errand, prints one JSON
// line on stdout and nothing else there; sentences for people go to stderr.
import { PROTOCOL } from '../contract/version.ts'
import { readArguments, usage, WrongArguments } from './arguments.ts'
import { BackupTrouble } from './backupFile.ts'
import { runCommand } from './commands.ts'
import { HandoverTrouble } from './handover.ts'
import { FolderInUse } from './lock.ts'
import { CannotStart, startCentre } from './start.ts'
import { saidOf } from './troubles.ts'

/** `indent`: what a person is to read and change. */
const print = (value: object, indent = 0): void => {
  process.stdout.write(`${JSON.stringify(value, null, indent)}\n`)
}
const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

/** One thing to do and no centre to start: what goes wrong is said of that. */
let errand = false

const main = async (): Promise<void> => {
  const asked = readArguments(process.argv.slice(2), process.env)
  for (const warning of asked.warnings) say(`注意：${warning}`)
  if (asked.flags.help === true) return say(usage)
  if (asked.words.length > 0) {
    errand = true
    return print(await runCommand(asked, say), asked.words[1] === 'show' ? 2 : 0)
  }

  const running = await startCentre(asked.configuration)
  print({
    address: running.address,
    centre: running.identity.id,
    name: running.identity.name,
    practice: running.identity.practice,
    protocol: PROTOCOL,
    database: running.database.kind,
    ...(running.accounts === null ? {} : { accounts: running.accounts }),
  })
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    // A stop that hangs is still a stop: everything acknowledged is on disk.
    setTimeout(() => process.exit(0), 8_000).unref()
    void running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  // What is wrong stands last: there the eye is.
  if (error instanceof WrongArguments) say(`${usage}\n\n${error.message}`)
  else if (
    error instanceof FolderInUse ||
    error instanceof CannotStart ||
    error instanceof BackupTrouble ||
    error instanceof HandoverTrouble
  )
    say(error.message)
  else say(`${errand ? '没有办成' : '中心没有启动'}：${saidOf(error)}`)
  process.exit(1)
})
