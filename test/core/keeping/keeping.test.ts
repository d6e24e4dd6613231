// What of the centre's keeping is said to people.
import { expect, test } from 'vitest'
import type { Keeping } from '../../../contract/keeping.ts'
import { leastRoom, oldestBackupMs, troublesOf } from '../../../core/keeping/keeping.ts'

const now = 10 * oldestBackupMs
const well: Keeping = {
  unwritable: null,
  room: [
    { place: 'data', freeBytes: leastRoom },
    { place: 'backup', freeBytes: leastRoom },
  ],
  backup: { daily: true, lastAt: now - oldestBackupMs, failing: null },
}

test('[SERVER-54] with room, a young backup and a database that writes there is nothing to say', () => {
  expect(troublesOf(well, now)).toEqual([])
  // Who makes backups in another way is not nagged about those of ours.
  const other = { ...well, backup: { daily: false, lastAt: 0, failing: null } }
  expect(troublesOf(other, now)).toEqual([])
  // A new centre has none yet: the first is being made.
  expect(troublesOf({ ...well, backup: { ...well.backup, lastAt: null } }, now)).toEqual([])
})

test('[SERVER-54] the worst is said first', () => {
  const room: Keeping['room'] = [{ place: 'data', freeBytes: leastRoom - 1 }]
  const failing = { since: 5, why: 'full' as const }
  const bad: Keeping = {
    unwritable: { since: 7, why: 'full' },
    room,
    backup: { daily: true, lastAt: null, failing },
  }
  expect(troublesOf(bad, now)).toEqual([
    { is: 'cannotWrite', since: 7, why: 'full' },
    { is: 'lowRoom', place: 'data', freeBytes: leastRoom - 1 },
    { is: 'backupFails', lastAt: null, since: 5, why: 'full' },
  ])
  const old = { ...well, backup: { ...well.backup, lastAt: now - oldestBackupMs - 1 } }
  expect(troublesOf(old, now)).toEqual([{ is: 'backupOld', lastAt: now - oldestBackupMs - 1 }])
})
