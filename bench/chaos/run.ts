// One run: a kind of seat over a kind of database, blow after blow by the dice for as long as it is given, the wire cut all
// the while; then rest, and what the judge is to know.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startCentre } from '../../test/e2e/centreProcess.ts'
import { newCluster } from '../../test/server/databases.ts'
import { until } from '../../test/server/until.ts'
import type { Dice } from '../../test/sim/dice.ts'
import type { ToldSaved } from '../pages/chaosPage.ts'
import { damageIn, type Damage } from './damage.ts'
import type { Blow, Seen } from './judge.ts'
import type { Seat, SeatKind } from './seats.ts'
import { openWire, type Wire } from './wire.ts'

/** Longer than an attempt that hangs on a wire cut while the centre was down. */
const BADGE_MS = 120_000
const account = '1001'
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A small disk of its own for everything the seat writes, where one may be mounted. */
const smallDisk = (at: string): boolean => {
  mkdirSync(at, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=192m', 'tmpfs', at], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export const runChaos = async (options: {
  readonly folder: string
  readonly web: string
  readonly database: 'embedded' | 'PostgreSQL'
  readonly kindOf: (centre: string) => SeatKind
  readonly dice: Dice
  readonly lengthMs: number
}): Promise<Seen> => {
  const { folder, web, database, dice, lengthMs } = options
  mkdirSync(folder, { recursive: true })
  const cluster = database === 'PostgreSQL' ? await newCluster() : null
  const databaseUrl = cluster ? await cluster.newDatabase() : null
  const data = join(folder, 'centre')
  // A demonstration centre has the accounts; its agent has a telephone nobody rings.
  const secrets = join(folder, 'seats.json')
  writeFileSync(secrets, JSON.stringify({ [account]: 'made-up' }), { mode: 0o600 })
  const flags = ['--demo', '--web', web, '--pbx', 'ws://127.0.0.1:1', '--seats', secrets]
  const centre = await startCentre({ data, databaseUrl, flags })
  const password = centre.passwordOf(account)
  const wire: Wire = await openWire(centre.address)
  const kind = options.kindOf(wire.url)
  const disk = join(folder, 'disk')
  const hasSmallDisk = smallDisk(disk)
  const place = join(disk, 'seat')
  const begun = performance.now()
  const saved: ToldSaved[] = []
  const blows: Partial<Record<Blow, number>> = {}
  const cuts: number[] = []
  let refused = 0
  let broughtBack = 0
  let startedFull = 0
  const say = (text: string): void =>
    console.log(
      `${kind.name}, ${database} ${Math.round((performance.now() - begun) / 1000)} s: ${text}; ${saved.length} told saved, ${cuts.length} cuts`,
    )

  const ofCuts = dice.fork()
  let cutting: ReturnType<typeof setTimeout> | undefined
  const cutSoon = (): void => {
    cutting = setTimeout(() => wire.cutAfter(ofCuts.between(1, 20_000)), ofCuts.between(0, 1_500))
  }
  const cutNoMore = (): void => {
    clearTimeout(cutting)
    wire.cutAfter(Infinity)
  }
  wire.onCut((bytes) => {
    cuts.push(bytes)
    cutSoon()
  })

  const signIn = (seat: Seat, limitMs: number): Promise<void> =>
    until(
      async () => {
        const answer = await seat.work(account, password)
        if (answer !== '') await pause(500)
        return answer === ''
      },
      'the seat is signed in',
      limitMs,
    )
  const enter = async (): Promise<Seat> => {
    // A browser seat's page comes over the wire: it is not what is tried here.
    if (kind.name === 'browser') cutNoMore()
    const seat = await kind.open(place, (told) => void saved.push(told))
    if (kind.name === 'browser') cutSoon()
    await signIn(seat, 90_000)
    broughtBack += await seat.broughtBack()
    return seat
  }
  let seat = await enter()
  if (kind.name === 'desktop') cutSoon()
  const reenter = async (): Promise<void> => {
    seat = await enter()
  }
  const drained = () =>
    until(
      async () => {
        await seat.hurry()
        const { waiting, even } = await seat.state()
        await pause(100)
        return waiting === 0 && even
      },
      'all is sent, and store and second journal are the same',
      240_000,
    )
  const end = async (how: 'killBrowser' | 'killProgram'): Promise<void> => {
    refused += await seat.refused().catch(() => 0)
    await seat[how]()
  }
  const anyEnd = () => end(dice.pick(['killBrowser', 'killProgram']))
  const damage = async (how: Damage, of: 'store' | 'journal'): Promise<void> => {
    // So that there is work that stands nowhere but here.
    await centre.kill()
    await pause(dice.between(500, 3_000))
    await anyEnd()
    say(damageIn(kind[of](place), how, dice))
    await centre.start()
    await reenter()
  }
  const fill = async (act: () => Promise<void>): Promise<void> => {
    const { bavail, bsize } = statfsSync(disk)
    const ballast = join(disk, 'ballast')
    try {
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 64 * 1024)))
    } catch {
      // The seat took some of it meanwhile: then it is full to the last byte.
    }
    await act().finally(() => rmSync(ballast))
  }

  const hits: Readonly<Record<Blow, () => Promise<void>>> = {
    'browser killed': async () => {
      await end('killBrowser')
      await reenter()
    },
    'desktop killed': async () => {
      await end('killProgram')
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
    'seat killed, centre away': async () => {
      await centre.kill()
      await pause(dice.between(1_000, 6_000))
      await anyEnd()
      // Without the centre if the sealed session is there; a store that lost it needs the centre.
      const back = pause(8_000).then(() => centre.start())
      await Promise.all([reenter(), back])
    },
    'store flipped': () => damage('flipped', 'store'),
    'store truncated': () => damage('truncated', 'store'),
    'store deleted': () => damage('deleted', 'store'),
    'journal flipped': () => damage('flipped', 'journal'),
    'journal truncated': () => damage('truncated', 'journal'),
    'journal deleted': () => damage('deleted', 'journal'),
    'disk full': () => fill(() => pause(dice.between(4_000, 9_000))),
    'disk full, seat killed': async () => {
      await fill(async () => {
        await pause(dice.between(1_000, 6_000))
        await anyEnd()
      })
      await reenter()
    },
    'disk full at start': async () => {
      let isOpen = false
      await fill(async () => {
        await pause(dice.between(1_000, 3_000))
        await anyEnd()
        const opened = await kind
          .open(place, (told) => void saved.push(told))
          .catch((error: unknown) => {
            say(`did not open on the full disk: ${String(error).slice(0, 300)}`)
            return null
          })
        if (!opened) return
        seat = opened
        isOpen = await signIn(seat, 25_000).then(
          () => true,
          () => false,
        )
        if (isOpen) startedFull += 1
        if (isOpen) await pause(3_000)
      })
      if (isOpen) broughtBack += await seat.broughtBack()
      else {
        await anyEnd().catch(() => undefined)
        await reenter()
      }
    },
    'wire cut': async () => undefined,
  }
  const usual: readonly [Blow, ...Blow[]] = [
    'browser killed',
    ...(kind.name === 'desktop' ? (['desktop killed'] as const) : []),
    'centre killed',
    'seat killed, centre away',
    ...(cluster ? (['PostgreSQL killed', 'PostgreSQL killed'] as const) : []),
  ]
  const ofDisk: readonly Blow[] = [
    'store truncated',
    'store flipped',
    ...(hasSmallDisk ? (['disk full', 'disk full, seat killed', 'disk full at start'] as const) : []),
    'journal truncated',
    'store deleted',
    'journal flipped',
    'journal deleted',
  ]

  try {
    for (let n = 0; performance.now() < begun + lengthMs; n += 1) {
      await pause(dice.between(200, 3_000))
      const isOfDisk = n % 3 === 2
      const blow = isOfDisk
        ? (ofDisk[Math.floor(n / 3) % ofDisk.length] ?? 'browser killed')
        : dice.pick(usual)
      await hits[blow]()
      blows[blow] = (blows[blow] ?? 0) + 1
      say(blow)
    }
    wire.onCut(() => undefined)
    cutNoMore()
    await seat.rest()
    await pause(500)
    refused += await seat.refused()
    await drained()
    // The badge follows the last answer, which may be that to a fetch begun before the centre was back. One that never
    // settles is the judge's.
    const isSettled = async () => ['synced', 'refused'].includes((await seat.state()).badge)
    await until(isSettled, 'the badge has settled', BADGE_MS).catch((error: unknown) => say(String(error)))
    const { parked, badge } = await seat.state()
    await seat.close()
    await centre.stop()
    if (cuts.length > 0) blows['wire cut'] = cuts.length
    return {
      seat: kind.name,
      database,
      account,
      saved,
      blows,
      cuts,
      refused,
      broughtBack,
      startedFull,
      parked,
      badge,
      data,
      databaseUrl,
      seconds: Math.round((performance.now() - begun) / 1000),
      async release() {
        await cluster?.stop()
      },
    }
  } catch (error) {
    await seat.killProgram().catch(() => undefined)
    await centre.stop()
    await cluster?.stop()
    throw error
  } finally {
    cutNoMore()
    await wire.close()
    if (hasSmallDisk) execFileSync('umount', ['-l', disk], { stdio: 'ignore' })
  }
}
