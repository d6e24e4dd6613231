// The main process killed in the middle of saving, again and again in the same folder.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { foundAfter, writeUntil } from './writtenJournal.ts'

test('[F51] [JRNL-2] five kills -9 of the main process in the middle of saving lose nothing it answered for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-killed-'))
  const owed: number[] = []
  for (let kill = 0; kill < 5; kill += 1) {
    const written = await writeUntil(folder, kill * 100_000, 30 + kill * 17, () => undefined)
    owed.push(...written.owed)
    const found = await foundAfter(folder)
    expect(owed.filter((n) => !found.has(n))).toEqual([])
  }
  expect(owed.length).toBeGreaterThan(30)
}, 60_000)
