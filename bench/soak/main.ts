// `npm run soak -- --minutes N [--write]`: short calls one after another on the built desk for N minutes, and what the
// page still holds afterwards. Goals: heap growth ≤ 10 %, nothing leaked, no unhandled rejection. Exit code 1: missed.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openStage } from '../../test/e2e/stage.ts'
import { machine, median } from '../rows.ts'
import { installProbe, leakMeter, type Holdings } from './leaks.ts'
import { scriptNames, secondPresses, work } from './shift.ts'

const flag = (name: string): string | null => {
  const at = process.argv.indexOf(name)
  return at === -1 ? null : (process.argv[at + 1] ?? null)
}
const minutes = Number(flag('--minutes') ?? 60)
/** The first rounds fill caches that are never given back, and the browser compiles what runs often: docs/evidence/soak.md. */
const warmUpRounds = 15
/** A reading after every so many rounds of all scripts, to watch it go. */
const everyRounds = 10
/** SIP keeps what belongs to a call that is over for 32 s (RFC 3261, 64 × T1): that is no leak. */
const restMs = 60_000

type Row = {
  readonly what: string
  readonly before: string
  readonly after: string
  readonly good: boolean | null
}

const started = performance.now()
const minutesIn = () => (performance.now() - started) / 60_000

const stage = await openStage()
const seat = await stage.openSeat('1001', { before: installProbe })
await stage.pbx.untilRegistered('1001')
const meter = await leakMeter(seat.page)
const recordsNow = async () => {
  const [row] = await stage.query<{ kept: number }>('select count(*)::int as kept from call_records')
  return row?.kept ?? 0
}
// The demonstration centre comes with some.
const recordsBefore = await recordsNow()
const round = scriptNames.length
const begun: Holdings[] = []
const ended: Holdings[] = []
/** Two readings at rest, so that one untidy moment decides nothing. */
const readAtRest = async (into: Holdings[]) => {
  await seat.page.waitForTimeout(restMs)
  into.push(await meter.read())
  await seat.page.waitForTimeout(2_000)
  into.push(await meter.read())
}
let calls = 0
let broken: string | null = null
try {
  calls += await work({ pbx: stage.pbx, page: seat.page }, (done) => done >= warmUpRounds * round)
  await readAtRest(begun)
  while (minutesIn() < minutes) {
    calls += await work({ pbx: stage.pbx, page: seat.page }, (done) => done >= everyRounds * round)
    const now = await meter.read()
    console.log(
      `${minutesIn().toFixed(1).padStart(5)} min  ${String(calls).padStart(4)} calls  heap ${now.heapMb.toFixed(1)} MiB  ` +
        `peers ${now.openPeers}/${now.peers}  tracks ${now.liveTracks}/${now.tracks}  listeners ${now.listeners}  timers ${now.timers}`,
    )
  }
  await readAtRest(ended)
} catch (problem) {
  broken = String(problem)
  await seat.page.screenshot({
    path: fileURLToPath(new URL('../../test/e2e/shots/soak-broken.png', import.meta.url)),
  })
}
const rejections = await meter.rejections()
const { faults } = seat
const kept = (await recordsNow()) - recordsBefore
await stage.close()

const ends = (of: (one: Holdings) => number) => ({
  before: median(begun.map(of)),
  after: median(ended.map(of)),
})
const count = (what: string, of: (one: Holdings) => number, slack: number): Row => {
  const { before, after } = ends(of)
  return { what, before: String(before), after: String(after), good: after <= before + slack }
}
const heap = ends((one) => one.heapMb)
const growth = heap.after / heap.before - 1
const rows: Row[] = [
  {
    what: `JS heap after GC (goal: growth ≤ 10 %; was ${(growth * 100).toFixed(1)} %)`,
    before: `${heap.before.toFixed(1)} MiB`,
    after: `${heap.after.toFixed(1)} MiB`,
    good: growth <= 0.1,
  },
  count('peer connections open', (one) => one.openPeers, 0),
  count('peer connection objects kept', (one) => one.peers, 2),
  count('media tracks live', (one) => one.liveTracks, 0),
  count('media track objects kept', (one) => one.tracks, 4),
  count('audio elements kept', (one) => one.audioElements, 2),
  count('audio contexts open', (one) => one.openContexts, 0),
  count('sockets open', (one) => one.sockets, 0),
  count('timers pending', (one) => one.timers, 3),
  count('event listeners', (one) => one.listeners, 30),
  { ...count('DOM nodes', (one) => one.nodes, 0), good: null },
  {
    what: 'unhandled rejections',
    before: '–',
    after: String(rejections.length),
    good: rejections.length === 0,
  },
  {
    what: 'errors, policy violations, strangers',
    before: '–',
    after: String(faults.length),
    good: faults.length === 0,
  },
  {
    what: 'calls answered only by a second press',
    before: '–',
    after: String(secondPresses().length),
    good: null,
  },
  { what: 'call records at the centre', before: '–', after: `${kept} of ${calls}`, good: kept === calls },
]
const verdict = (good: boolean | null) => (good === null ? '' : good ? '✓' : '✗')
const met = broken === null && rows.every(({ good }) => good !== false)

const report = [
  '# Soak',
  '',
  `\`npm run soak -- --minutes ${minutes}\` · ${machine()} · the built desk in Chromium, Asterisk, PostgreSQL on the same machine, other work beside it.`,
  '',
  `${calls} calls in ${minutesIn().toFixed(1)} minutes, one after another (${scriptNames.join('; ')}); every form filed and synced. ` +
    `Readings after the first ${warmUpRounds * round} calls and at the end, each after ${restMs / 1000} s of rest and a garbage collection.`,
  '',
  '| held by the page while idle | after warm-up | at the end | |',
  '| --- | --- | --- | --- |',
  ...rows.map(({ what, before, after, good }) => `| ${what} | ${before} | ${after} | ${verdict(good)} |`),
  '',
  broken === null ? '' : `Broken off: ${broken}`,
].join('\n')
console.log(`\n${report}`)
for (const line of [...rejections, ...faults, ...secondPresses()]) console.log(line)
if (process.argv.includes('--write'))
  writeFileSync(
    fileURLToPath(new URL('../../docs/evidence/soak.md', import.meta.url)),
    `${report.trimEnd()}\n`,
  )
process.exit(met ? 0 : 1)
