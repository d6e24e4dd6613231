// Work orders a centre kept from before the limit to sign was bound by the limit to answer, on both databases.
import { afterAll, describe, expect, test } from 'vitest'
import { readMigrations } from '../../server/migrate.ts'
import { aDispatchOf, items, startTestCentre } from './aCentre.ts'
import { bothDatabases } from './databases.ts'

describe.each(bothDatabases)('time to sign on %s', (_name, make) => {
  const kind = make()
  afterAll(() => kind.stop())

  test('[TICKET-15] an update mends what was stored before the rule, its agent hears of it, and the others are left alone', async () => {
    const place = await kind.newPlace()
    const centre = await startTestCentre(place)
    const { token } = await centre.signIn('1001')
    const [old, good] = [aDispatchOf('1001', 'ZGFW'), aDispatchOf('1001', 'ZGFW')]
    await centre.get('sync.push', items({ ticket: old }, { ticket: good }), token)
    const { database } = centre.running
    await database.rows('update tickets set sign_due_at = due_at + 60000 where id = $1', [old.id])
    const pull = (cursor: number) => centre.get('sync.pull', { cursor, reference: 1, limit: 500 }, token)
    const before = await pull(0)
    const update = readMigrations().find(({ name }) => name.includes('time-to-sign'))
    await database.script(update?.sql ?? '')
    const { tickets } = await pull(before.cursor)
    expect(tickets.map(({ id, signDueAt, dueAt }) => [id, signDueAt - dueAt])).toEqual([[old.id, 0]])
    const unchanged = before.tickets.find(({ id }) => id === good.id)
    expect((await centre.get('tickets.read', { id: good.id }, token)).signDueAt).toBe(unchanged?.signDueAt)
    // Once is enough.
    await database.script(update?.sql ?? '')
    expect((await pull((await pull(before.cursor)).cursor)).tickets).toEqual([])
    await centre.stop()
    await place.remove()
  })
})
