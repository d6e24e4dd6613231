// The checker in CI: four planted bugs, each in a process of its own, are noticed. `npm run sim:bugs` plants them all.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bugs } from './bugs.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test.each(['noDedup', 'ackBeforeCommit', 'loseRefused', 'impatient'])(
  '[SYNC-2] [SYNC-3] [SYNC-4] [SYNC-6] a planted %s is found within twenty days',
  (name) => {
    expect(bugs.map((bug) => bug.name)).toContain(name)
    const given = [
      '--import',
      './test/sim/plant.ts',
      'scripts/sim.ts',
      '--from',
      '1',
      '--seeds',
      '20',
      '--first',
    ]
    const { stdout, status } = spawnSync(process.execPath, given, {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PLANT: name },
    })
    expect([stdout, status]).toEqual([expect.stringMatching(/^seed \d+ breaks [SLPC]\d/), 1])
  },
  60_000,
)

test('there are ten bugs and more to plant, no two alike', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(10)
  expect(new Set(bugs.map((bug) => bug.put + bug.file)).size).toBe(bugs.length)
})

test('each has its place in the sources, once', () => {
  const lost = bugs.filter(
    ({ file, instead }) => readFileSync(`${root}${file}`, 'utf8').split(instead).length !== 2,
  )
  expect(lost.map((bug) => bug.name)).toEqual([])
})
