// [SERVER-54] What about the centre's keeping needs a person, the worst first: the monitor, the administrator's page and
// the lead's wall say the same.
import type { Keeping } from '../../contract/keeping.ts'

export const leastRoom = 1024 ** 3
/** One a day at three, tried again every ten minutes, and an hour to make it. */
export const oldestBackupMs = 27 * 3_600_000

export type KeepingTrouble =
  | ({ readonly is: 'cannotWrite' } & NonNullable<Keeping['unwritable']>)
  | ({ readonly is: 'lowRoom' } & Keeping['room'][number])
  | ({ readonly is: 'backupFails'; readonly lastAt: number | null } & NonNullable<
      Keeping['backup']['failing']
    >)
  | { readonly is: 'backupOld'; readonly lastAt: number }

export const troublesOf = ({ unwritable, room, backup }: Keeping, now: number): readonly KeepingTrouble[] => {
  const { daily, lastAt, failing } = backup
  return [
    ...(unwritable === null ? [] : [{ is: 'cannotWrite' as const, ...unwritable }]),
    ...room.flatMap((each) => (each.freeBytes < leastRoom ? [{ is: 'lowRoom' as const, ...each }] : [])),
    ...(failing !== null
      ? [{ is: 'backupFails' as const, lastAt, ...failing }]
      : daily && lastAt !== null && now - lastAt > oldestBackupMs
        ? [{ is: 'backupOld' as const, lastAt }]
        : []),
  ]
}
