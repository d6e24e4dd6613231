// What tests of early warnings ask of a centre: reports pushed, the events of those who watch, what an agent is told.
import { v7 } from 'uuid'
import { CallId, WarningId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import type { WarningAction, WarningReport } from '../../contract/warnings.ts'
import { aReport } from '../makers/reports.ts'
import type { TestCentre } from './aCentre.ts'

/** `now`: asked when a test runs, for it is made before. */
export const aWarningCentre = (now: () => { readonly centre: TestCentre; readonly duty: Session }) => ({
  report: (over: Partial<WarningReport> = {}): WarningReport =>
    aReport(1, {
      id: WarningId.parse(v7()),
      callId: CallId.parse(v7()),
      heardAt: now().centre.clock.now(),
      raisedAt: now().centre.clock.now(),
      ...over,
    }),
  push: (session: Session, ...bodies: unknown[]) =>
    now().centre.get(
      'sync.push',
      { clientNow: now().centre.clock.now(), items: bodies.map((body) => ({ kind: 'warning', body })) },
      session.token,
    ),
  list: (session: Session = now().duty) => now().centre.get('warnings.list', { limit: 50 }, session.token),
  act: (id: string, action: object, session: Session = now().duty) =>
    now().centre.ask(
      'warnings.act',
      { id: WarningId.parse(id), action: { id: v7(), ...action } as WarningAction },
      session.token,
    ),
  told: async (session: Session) =>
    (await now().centre.get('sync.pull', { cursor: 0, reference: 1, limit: 500 }, session.token)).warnings,
  async clear(): Promise<void> {
    // At once, events first: the centre itself may be passing one on.
    await now().centre.running.database.rows(
      'truncate warning_events, warnings, warning_revisions, warning_notes',
    )
  },
})
