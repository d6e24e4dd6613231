// `npm run sim`: days of simulated faults, one a seed, each judged by the checker (test/sim/checker.ts).
//   --seeds N     so many, beginning after the last one in the state file (default 500)
//   --minutes N   no longer than this (default 30); what is left goes on at the next run
//   --from N      begin here and leave the state file alone; --first ends at the first broken seed
//   --seed N      one seed ten times: what was broken, and that all ten histories are the same; --history prints it
//   --state FILE  where to go on (default sim-state.json)
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { broken, promises } from '../test/sim/checker.ts'
import { runDay } from '../test/sim/day.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '30' },
    from: { type: 'string' },
    seed: { type: 'string' },
    state: { type: 'string', default: 'sim-state.json' },
    history: { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
  },
})

type State = { next: number; readonly failed: number[] }

const readState = (): State => {
  if (values.from !== undefined) return { next: Number(values.from), failed: [] }
  if (!existsSync(values.state)) return { next: 1, failed: [] }
  const { next, failed } = JSON.parse(readFileSync(values.state, 'utf8')) as State
  return { next, failed }
}

const replay = async (seed: number): Promise<number> => {
  const days = []
  for (let n = 0; n < 10; n++) days.push(await runDay(seed))
  const [day] = days
  if (!day) return 1
  if (values.history) for (const each of day.happened) console.log(JSON.stringify(each))
  for (const { promise, at, how } of broken(day.happened))
    console.log(`${promise}  ${new Date(at).toISOString()}  ${how}`)
  const same = days.filter(({ hash }) => hash === day.hash).length
  console.log(`seed ${seed}: ${day.happened.length} events, history ${day.hash}, ${same} of 10 the same`)
  return same === 10 && broken(day.happened).length === 0 ? 0 : 1
}

const run = async (): Promise<number> => {
  const state = readState()
  const began = performance.now()
  const limitMs = Number(values.minutes) * 60_000
  let ran = 0
  let events = 0
  for (; ran < Number(values.seeds) && performance.now() - began < limitMs; ran++) {
    const day = await runDay(state.next)
    events += day.happened.length
    const found = broken(day.happened)
    if (found.length > 0) {
      state.failed.push(day.seed)
      const names = [...new Set(found.map(({ promise }) => promise))].join(' ')
      console.log(`seed ${day.seed} breaks ${names}: ${found[0]?.how}  (npm run sim -- --seed ${day.seed})`)
    }
    state.next += 1
    if (values.first && found.length > 0) break
    if (values.from === undefined && ran % 100 === 99) writeFileSync(values.state, JSON.stringify(state))
  }
  if (values.from === undefined) writeFileSync(values.state, JSON.stringify(state))
  const seconds = (performance.now() - began) / 1000
  console.log(
    `${ran} seeds up to ${state.next - 1}, ${events} events, ${promises.join(' ')} checked, ` +
      `${seconds.toFixed(0)} s; failing seeds: ${state.failed.join(', ') || 'none'}`,
  )
  return state.failed.length === 0 ? 0 : 1
}

process.exit(values.seed === undefined ? await run() : await replay(Number(values.seed)))
