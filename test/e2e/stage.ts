// The whole hotline for an end-to-end test: real PBX, real PostgreSQL, the central server as its own process serving
// the built bundles, and seats in a real Chromium, each with its own voice: a tone played as its microphone.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPbx, type Pbx, type StartOptions } from '../pbx/pbx.ts'
import { newCluster } from '../server/databases.ts'
import type { CentreProcess } from './centreProcess.ts'
import { startCentre } from './centreProcess.ts'
import type { SeatOptions, SeatWindow } from './seatWindow.ts'
import { openSeat, shots, signIn } from './seatWindow.ts'

export type Stage = {
  readonly pbx: Pbx
  readonly centre: CentreProcess
  /** The centre's file of the seats' telephone secrets, read at its start. */
  readonly secretsFile: string
  /** Rows of the centre's own database. */
  query<T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]>
  /** A browser of its own, signed in as this account. `voiceHz`: what its microphone says. */
  openSeat(account: string, options?: SeatOptions): Promise<SeatWindow>
  close(): Promise<void>
}

/** The built bundles. */
export const web = join(import.meta.dirname, '../../out/renderer')

/**
 * `through`: the address the seats are given instead of the PBX's own, e.g. a relay's. `bundles`: a page of the test's own.
 */
export const openStage = async (
  options: { pbx?: StartOptions; through?: (pbx: Pbx) => Promise<string>; bundles?: string } = {},
): Promise<Stage> => {
  if (!existsSync(join(web, 'index.html'))) throw new Error('nothing is built: run `npm run build` first')
  const folder = mkdtempSync(join(tmpdir(), 'stage-'))
  mkdirSync(shots, { recursive: true })
  const [pbx, cluster] = await Promise.all([startPbx({ members: [], ...options.pbx }), newCluster()])
  const databaseUrl = await cluster.newDatabase()
  const sipUrl = options.through ? await options.through(pbx) : pbx.wsUrl
  const seats = join(folder, 'seats.json')
  writeFileSync(seats, JSON.stringify(pbx.secrets), { mode: 0o600 })
  const centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl,
    flags: [
      '--demo',
      '--pbx',
      sipUrl,
      '--pbx-domain',
      'pbx.test',
      '--seats',
      seats,
      '--queue-codes',
      '*45,*44,*46,*47',
      '--echo',
      '600',
      '--web',
      options.bundles ?? web,
    ],
  })
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  pool.on('error', () => {})
  const open: SeatWindow[] = []

  return {
    pbx,
    centre,
    secretsFile: seats,
    async query(sql, values = []) {
      return (await pool.query(sql, [...values])).rows
    },
    async openSeat(account, options = {}) {
      const seat = await openSeat(join(folder, `seat-${account}-${open.length}`), centre, options)
      open.push(seat)
      await signIn(seat.page, account, centre.passwordOf(account))
      return seat
    },
    async close() {
      for (const seat of open) await seat.close()
      await pool.end()
      await centre.stop()
      await pbx.stop()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A practice centre with the practice exchange and the embedded database: quick, for looking at screens. */
export const openPractice = async (): Promise<Pick<Stage, 'centre' | 'openSeat' | 'close'>> => {
  if (!existsSync(join(web, 'index.html'))) throw new Error('nothing is built: run `npm run build` first')
  const folder = mkdtempSync(join(tmpdir(), 'practice-'))
  mkdirSync(shots, { recursive: true })
  const flags = ['--demo', '--practice', '--web', web]
  const centre = await startCentre({ data: join(folder, 'data'), databaseUrl: null, flags })
  const open: SeatWindow[] = []
  return {
    centre,
    async openSeat(account, options = {}) {
      const seat = await openSeat(join(folder, `seat-${account}-${open.length}`), centre, options)
      open.push(seat)
      await signIn(seat.page, account, centre.passwordOf(account))
      return seat
    },
    async close() {
      for (const seat of open) await seat.close()
      await centre.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
