// `npm run storm -- --seats 500 --records 300 [--database embedded|PostgreSQL]`: seats that were without the centre for three
// days come back at once. Is the centre there all the while, how much memory does it take, when is everything in, once?
// The seats share the machine with it here, as no real ones do: what each side computes is told apart.
import { readFileSync, readdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { api } from '../../contract/api.ts'
import { openDatabase } from '../../server/database.ts'
import { hashPassword } from '../../server/passwords.ts'
import { startCentre } from '../../test/e2e/centreProcess.ts'
import { aStoreKey } from '../../test/makers/traffic.ts'
import { newCluster } from '../../test/server/databases.ts'
import { machine, median } from '../rows.ts'
import { openStormSeat, type StormSeat } from './seats.ts'

const { values } = parseArgs({
  options: {
    seats: { type: 'string', default: '500' },
    records: { type: 'string', default: '300' },
    database: { type: 'string' },
    minutes: { type: 'string', default: '12' },
  },
})
const seats = Number(values.seats)
const records = Number(values.records)
const limitMs = Number(values.minutes) * 60_000
const password = 'a-long-made-up-password'
const accounts = Array.from({ length: seats }, (_, n) => String(10_000 + n))
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

type Load = { readonly memoryMb: number; readonly cpuS: number }

/** What the process with this word on its command line holds, and has computed so far with its children. */
const loadOf = (word: string): Load => {
  const about = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [, state = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) /)
        const fields = state.split(' ')
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
        // Ticks of 10 ms: own and of children that have ended.
        const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
        return { pid, parent: fields[1], words, memoryMb: Number(found?.[1] ?? 0) / 1024, cpuS: ticks / 100 }
      } catch {
        // Gone meanwhile.
        return []
      }
    })
  const main = about.find(({ words }) => words.includes(word))
  const children = about.filter(({ parent }) => main !== undefined && parent === main.pid)
  return {
    memoryMb: main?.memoryMb ?? 0,
    cpuS: [...(main ? [main] : []), ...children].reduce((sum, { cpuS }) => sum + cpuS, 0),
  }
}

const run = async (kind: 'embedded' | 'PostgreSQL') => {
  const folder = mkdtempSync(join(tmpdir(), 'storm-'))
  const data = join(folder, 'centre')
  const cluster = kind === 'PostgreSQL' ? await newCluster() : null
  const databaseUrl = cluster ? await cluster.newDatabase() : null
  const centre = await startCentre({ data, databaseUrl, flags: [] })
  await centre.stop()
  const database = await openDatabase({ url: databaseUrl, folder: data })
  const hash = await hashPassword(password)
  await database.rows(
    `insert into accounts (id, name, role, extension, password, made_at)
     select n::text, '坐席 ' || n, 'agent', n::text, $1, 0 from generate_series($2::int, $3::int) n`,
    [hash, 10_000, 10_000 + seats - 1],
  )
  // Each has been here before.
  await database.rows(
    `insert into store_keys (account, id, key, made_at) select id, 1, $1, 0 from accounts where id = any($2)`,
    [aStoreKey(1).key, accounts],
  )
  const [identity] = await database.rows<{ id: string }>('select id from centre')
  await database.close()

  const open: StormSeat[] = []
  for (const account of accounts)
    open.push(await openStormSeat(centre.address, identity?.id ?? '', { account, password }, records))
  console.log(`${kind}: ${seats} seats wait with ${records} records each`)
  await centre.start()
  const begun = performance.now()
  const landedAt = new Map<string, number>()
  const health = { asked: 0, failed: 0, slowest: 0 }
  let memory = 0
  const seatsBegan = process.cpuUsage()
  const databaseBegan = cluster ? loadOf(cluster.data).cpuS : 0
  while (landedAt.size < seats && performance.now() - begun < limitMs) {
    const asked = performance.now()
    const isWell = await fetch(new URL(api.health.path, centre.address), {
      signal: AbortSignal.timeout(10_000),
    }).then(
      (answer) => answer.ok,
      () => false,
    )
    health.asked += 1
    health.failed += isWell ? 0 : 1
    health.slowest = Math.max(health.slowest, performance.now() - asked)
    memory = Math.max(memory, loadOf(data).memoryMb)
    for (const seat of open)
      if (seat.waiting() === 0 && !landedAt.has(seat.account))
        landedAt.set(seat.account, performance.now() - begun)
    const troubles: Record<string, number> = {}
    for (const seat of open)
      if (seat.trouble() !== '') troubles[seat.trouble()] = (troubles[seat.trouble()] ?? 0) + 1
    if (health.asked % 20 === 0)
      console.log(
        `${kind} ${Math.round((performance.now() - begun) / 1000)} s: ${landedAt.size} seats done, ` +
          `${open.reduce((sum, seat) => sum + seat.waiting(), 0)} wait, ${Math.round(memory)} MB, health ${JSON.stringify(health)}, ${JSON.stringify(troubles)}`,
      )
    await pause(500)
  }
  const seatsUsed = process.cpuUsage(seatsBegan)
  const cpuS = {
    centre: Math.round(loadOf(data).cpuS),
    database: cluster ? Math.round(loadOf(cluster.data).cpuS - databaseBegan) : 0,
    seats: Math.round((seatsUsed.user + seatsUsed.system) / 1e6),
  }
  const pulled = open.reduce((sum, seat) => sum + seat.pulled(), 0)
  const parked = open.reduce((sum, seat) => sum + seat.parked(), 0)
  await Promise.all(open.map((seat) => seat.stop()))
  await centre.stop()
  const after = await openDatabase({ url: databaseUrl, folder: data })
  const held = await after.rows<{ id: string; agent: string; rev: number }>(
    'select id, agent, rev from call_records',
  )
  await after.close()
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true })
  const byId = new Map(held.map((row) => [row.id, row]))
  const missing = open.flatMap(({ account, ids }) =>
    ids.filter((id) => byId.get(id)?.agent !== account || byId.get(id)?.rev !== 2),
  )
  const times = [...landedAt.values()]
  return {
    database: kind,
    seats: landedAt.size,
    held: held.length,
    missing: missing.length,
    twice: held.length - byId.size,
    parked,
    allS: Math.round(Math.max(...times) / 1000),
    medianS: Math.round(median(times) / 1000),
    memoryMb: Math.round(memory),
    health,
    pulled,
    cpuS,
  }
}

console.log(machine())
let isWell = true
for (const kind of ['embedded', 'PostgreSQL'] as const) {
  if ((values.database ?? kind) !== kind) continue
  const result = await run(kind)
  console.log(JSON.stringify(result))
  isWell &&=
    result.seats === seats &&
    result.held === seats * records &&
    result.missing + result.twice + result.parked + result.health.failed === 0 &&
    result.allS <= 600
}
process.exit(isWell ? 0 : 1)
