// The simulation in CI: 500 days of faults, none of which loses, doubles, reorders or strands anything; and the proof
// that a seed is a day: replayed, it is the same to the last event.
import { describe, expect, test } from 'vitest'
import { broken } from './checker.ts'
import { runDay } from './day.ts'

const part = 125

describe('a simulated day', () => {
  for (const from of [1, 1 + part, 1 + 2 * part, 1 + 3 * part])
    test(`[SYNC-2] [SYNC-3] [SYNC-10] [SYNC-21] [F12] [F36] seeds ${from} to ${from + part - 1} break no promise`, async () => {
      const wrong: string[] = []
      for (let seed = from; seed < from + part; seed++) {
        const day = await runDay(seed)
        for (const { promise, how } of broken(day.happened)) wrong.push(`seed ${seed} ${promise} ${how}`)
      }
      expect(wrong).toEqual([])
    }, 120_000)

  test('is the same ten times, and another seed is another day', async () => {
    const hashes = new Set<string>()
    for (let n = 0; n < 10; n++) hashes.add((await runDay(7)).hash)
    expect(hashes.size).toBe(1)
    hashes.add((await runDay(8)).hash)
    expect(hashes.size).toBe(2)
  })

  test('is full of events: calls stored, crashes, restores, requests that came twice', async () => {
    const seen = new Map<string, number>()
    for (let seed = 1; seed <= 25; seed++)
      for (const { what } of (await runDay(seed)).happened) seen.set(what, (seen.get(what) ?? 0) + 1)
    const names = ['told', 'stored', 'left', 'parked', 'crashed', 'restored', 'damaged', 'retried', 'refused']
    expect(names.filter((name) => !seen.has(name))).toEqual([])
    expect(seen.get('stored')).toBeGreaterThan(500)
  })
})
