// The centre of the simulation (test/sim/centreModel.ts) claims to be this server: both get the same requests, by the
// hundred and from a seed, and must answer alike. Otherwise the simulation would prove something about a fairy tale.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AccountId, AuditId, CallId, TicketId, WarningId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import type { PushVerdict } from '../../contract/sync.ts'
import { Reference } from '../../contract/reference.ts'
import { newCentre, pulled, pushed } from '../sim/centreModel.ts'
import type { CentreState } from '../sim/centreModel.ts'
import type { Dice } from '../sim/dice.ts'
import { diceOf } from '../sim/dice.ts'
import { aReport } from '../makers/reports.ts'
import { aNote } from '../makers/traffic.ts'
import { aCallOf, aDispatchOf, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

const agents = ['1001', '1002'] as const
type Agent = (typeof agents)[number]

/** Few ids, so that things meet: later and earlier revisions, copies, another's record, a batch with the same twice. */
const idOf = (kind: number, seed: number, n: number): string =>
  `0193f0a0-00${String(seed).padStart(2, '0')}-7000-${kind}000-${String(n).padStart(12, '0')}`

const anItem = (dice: Dice, seed: number, agent: Agent): unknown => {
  const n = dice.between(1, 6)
  const whose = dice.chance(0.1) ? dice.pick(agents) : agent
  const rev = dice.between(1, 4)
  const id = CallId.parse(idOf(8, seed, n))
  const call = aCallOf(whose, { id, rev, ...(dice.chance(0.05) ? { practice: true } : {}) })
  switch (dice.between(0, 10)) {
    case 10:
      return {
        kind: 'warning',
        body: aReport(1, {
          id: WarningId.parse(idOf(8, seed + 30, n)),
          rev,
          callId: id,
          agent: AccountId.parse(whose),
          employer: `单位${seed}第${n}`,
          people: dice.chance(0.2) ? 299 : 300,
        }),
      }
    case 0:
      return {
        kind: 'audit',
        body: aNote(1, { id: AuditId.parse(idOf(9, seed, n)), agent: AccountId.parse(whose) }),
      }
    case 1:
    case 2:
    case 3:
      return {
        kind: 'ticket',
        body: aDispatchOf(whose, dice.chance(0.1) ? 'NOWHERE' : 'ZGFW', {
          id: TicketId.parse(idOf(8, seed + 50, n)),
          rev,
          callId: id,
        }),
      }
    case 4:
      return dice.pick<unknown>([
        { kind: 'call', body: { ...call, v: 2, colour: 'blue' } },
        { kind: 'survey', body: { id } },
        { kind: 'call', body: { ...call, endedBy: 'nobody' } },
        { kind: 'call', body: { ...call, extra: 1 } },
        'not an item',
      ])
    default:
      return { kind: 'call', body: call }
  }
}

describe.each(bothDatabases)("the simulation's centre beside the real one on %s", (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let model: CentreState
  const sessions = new Map<Agent, Session>()
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    for (const agent of agents) sessions.set(agent, await centre.signIn(agent))
    const { token, centre: identity } = sessions.get('1001') ?? (await centre.signIn('1001'))
    const page = await centre.get('sync.pull', { cursor: 0, reference: -1, limit: 1 }, token)
    const departments = Reference.parse(page.reference).departments.map(({ code }) => code)
    model = newCentre(identity.id, departments)
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  test('[SERVER-2] [SERVER-3] [SERVER-4] [SERVER-7] [SERVER-12] [F12] [F81] every answer to every push and pull is the same', async () => {
    let pushes = 0
    for (let seed = 1; seed <= 8; seed++) {
      const dice = diceOf(seed)
      // Each side counts its changes in its own way: the cursors are its own affair, what stands on the pages is not.
      const cursors = new Map(agents.map((agent) => [agent, { real: 0, model: 0 }]))
      for (let turn = 0; turn < 25; turn++) {
        const agent = dice.pick(agents)
        const { token } = sessions.get(agent) ?? {}
        if (token === undefined) throw new Error('nobody signed in')
        const now = centre.clock.now()
        if (dice.chance(0.7)) {
          pushes += 1
          const items = Array.from({ length: dice.between(1, 6) }, () => anItem(dice, seed, agent))
          const body = { clientNow: now, items }
          const real = await centre.get('sync.push', body, token)
          const answer = pushed(model, body, agent, now, () => null)
          if ('problem' in answer) throw new Error('the model reads every list of items')
          model = answer.state
          const words = (verdicts: readonly PushVerdict[]) =>
            verdicts.map(({ verdict, field, number }) => [verdict, field ?? '', number ?? ''].join(' '))
          expect(words(answer.verdicts)).toEqual(words(real.verdicts))
        } else {
          const cursor = cursors.get(agent) ?? { real: 0, model: 0 }
          const limit = dice.between(1, 5)
          const real = await centre.get('sync.pull', { cursor: cursor.real, reference: 1, limit }, token)
          const mine = pulled(model, { cursor: cursor.model, reference: 1, limit }, agent, now)
          const shape = ({ more, calls, tickets, warnings }: typeof real) => ({
            more,
            calls: calls.map((call) => [call.id, call.agent]),
            tickets: tickets.map(({ id, number, state, dispatch }) => [id, number, state, dispatch.rev]),
            warnings: warnings.map(({ report, number, state, event }) => [number, state, event, report]),
          })
          expect(shape(mine)).toEqual(shape(real))
          cursors.set(agent, { real: real.cursor, model: mine.cursor })
        }
      }
    }
    expect(pushes).toBeGreaterThan(100)
    const rows = await centre.running.database.rows<{ id: string; rev: number }>(
      'select id, rev from call_records order by id',
    )
    const held = [...model.calls].map(([id, { value }]) => ({ id, rev: value.rev }))
    expect(rows).toEqual(held.sort((a, b) => (a.id < b.id ? -1 : 1)))
  }, 180_000)
})
