// `npm run chaos -- --minutes N --seed S [--write]`: real parts killed with -9 and cut at random while records flow, on
// both databases; then the checker of the simulation judges what was told saved against what the centre holds.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startCentre, type CentreProcess } from '../../test/e2e/centreProcess.ts'
import { newCluster, type Cluster } from '../../test/server/databases.ts'
import { until } from '../../test/server/until.ts'
import { diceOf, type Dice } from '../../test/sim/dice.ts'
import { bundle, html } from '../page.ts'
import type { ToldSaved } from '../pages/chaosPage.ts'
import { judge, report, type Blow, type Result } from './judge.ts'
import { damageStore, openSeat, openWire, type Seat, type Wire } from './rig.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const wholeMs = Number(values.minutes) * 60_000
const account = '1001'
const folder = mkdtempSync(join(tmpdir(), 'chaos-'))
const web = join(folder, 'web')
mkdirSync(web)
writeFileSync(join(web, 'index.html'), html)
writeFileSync(
  join(web, 'page.js'),
  await bundle(fileURLToPath(new URL('../pages/chaosPage.ts', import.meta.url))),
)

/** A small disk of its own for the profile, where one may be mounted. */
const smallDisk = (): string | null => {
  const at = join(folder, 'small')
  mkdirSync(at, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', at], { stdio: 'ignore' })
    return at
  } catch {
    return null
  }
}

const run = async (kind: 'embedded' | 'PostgreSQL', dice: Dice, untilMs: number): Promise<Result> => {
  const cluster: Cluster | null = kind === 'PostgreSQL' ? await newCluster() : null
  const databaseUrl = cluster ? await cluster.newDatabase() : null
  const data = join(folder, `data-${kind}`)
  // A demonstration centre has the accounts; its agent has a telephone nobody rings.
  const seats = join(folder, 'seats.json')
  writeFileSync(seats, JSON.stringify({ [account]: 'made-up' }), { mode: 0o600 })
  const flags = ['--demo', '--web', web, '--pbx', 'ws://127.0.0.1:1', '--seats', seats]
  const centre: CentreProcess = await startCentre({ data, databaseUrl, flags })
  const password = centre.passwordOf(account)
  const wire: Wire = await openWire(centre.address)
  const small = smallDisk()
  const profile = join(small ?? folder, `profile-${kind}`)
  const saved: ToldSaved[] = []
  const blows: Partial<Record<Blow, number>> = {}
  const struck = (blow: Blow): void => {
    blows[blow] = (blows[blow] ?? 0) + 1
    console.log(`${kind} ${Math.round(performance.now() / 1000)} s: ${blow}, ${saved.length} told saved`)
  }
  let refused = 0
  const enter = async (): Promise<Seat> => {
    const seat = await openSeat(profile, wire.url, (each) => void saved.push(each))
    await until(async () => (await seat.work(account, password)) === '', 'the seat is signed in', 60_000)
    return seat
  }
  let seat = await enter()
  const drained = () =>
    until(
      async () => {
        await seat.hurry()
        return (await seat.state()).waiting === 0
      },
      'all is sent',
      120_000,
    )
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  const reenter = async (): Promise<void> => {
    seat = await enter()
  }
  const killSeat = async (): Promise<void> => {
    refused += await seat.refused()
    await seat.kill()
  }

  const hits: Readonly<Record<Blow, () => Promise<void>>> = {
    'seat killed': async () => {
      await killSeat()
      await reenter()
    },
    'centre killed': async () => {
      await centre.kill()
      await pause(dice.between(0, 2_000))
      await centre.start()
    },
    'PostgreSQL killed': async () => {
      await cluster?.kill()
      await pause(dice.between(0, 2_000))
      await cluster?.start()
    },
    'wire cut': () => Promise.race([wire.cutAfter(dice.between(1, 40_000)), pause(15_000)]),
    'store flipped': async () => damage('flip'),
    'store truncated': async () => damage('truncate'),
    'disk full': async () => {
      if (small === null) return
      const { bavail, bsize } = statfsSync(small)
      const ballast = join(small, 'ballast')
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 64 * 1024)))
      await pause(6_000)
      rmSync(ballast)
      refused += await seat.refused()
      await seat.kill()
      await reenter()
    },
  }
  /** A browser has no second journal: only what the centre has may be lost with the files. */
  const damage = async (how: 'flip' | 'truncate'): Promise<void> => {
    await seat.rest()
    await drained()
    await killSeat()
    console.log(damageStore(profile, how, dice))
    await reenter()
    // It works on; then it is retired, as a broken disk is: the browser may throw it away at any later start.
    await pause(3_000)
    await seat.rest()
    await drained()
    await killSeat()
    rmSync(profile, { recursive: true, force: true })
    await reenter()
  }

  const start = performance.now()
  const usual: readonly [Blow, ...Blow[]] = [
    'wire cut',
    'wire cut',
    'wire cut',
    'seat killed',
    'centre killed',
  ]
  const order: Blow[] = [
    'store flipped',
    'store truncated',
    ...(small === null ? [] : (['disk full'] as const)),
  ]
  try {
    for (let n = 0; performance.now() < untilMs; n += 1) {
      await pause(dice.between(200, 3_000))
      const rare = n % 5 === 4 ? order.shift() : undefined
      const blow = rare ?? (cluster && dice.chance(0.15) ? 'PostgreSQL killed' : dice.pick(usual))
      await hits[blow]()
      struck(blow)
    }
    await seat.rest()
    await pause(500)
    refused += await seat.refused()
    await drained()
    const { parked, badge } = await seat.state()
    await seat.close()
    await centre.stop()
    return await judge({ kind, account, saved, blows, refused, parked, badge, data, databaseUrl })
  } finally {
    console.log(`${kind}: ${Math.round((performance.now() - start) / 1000)} s`)
    await wire.close()
    await centre.stop()
    await cluster?.stop()
    if (small !== null) execFileSync('umount', ['-l', small], { stdio: 'ignore' })
  }
}

const dice = diceOf(seed)
const results: Result[] = []
try {
  const begun = performance.now()
  for (const [at, kind] of (['embedded', 'PostgreSQL'] as const).entries())
    results.push(await run(kind, dice.fork(), begun + (wholeMs * (at + 1)) / 2))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const text = report(results, `npm run chaos -- --minutes ${values.minutes} --seed ${seed}`)
console.log(text)
for (const { wrong } of results) for (const each of wrong.slice(0, 20)) console.log(each)
if (values.write) writeFileSync(fileURLToPath(new URL('../../docs/evidence/chaos.md', import.meta.url)), text)
process.exit(
  results.every(
    ({ lost, duplicated, reordered, wrong }) => lost + duplicated + reordered + wrong.length === 0,
  )
    ? 0
    : 1,
)
