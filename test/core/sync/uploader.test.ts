// The uploader as lists of events: what it asks of the world, and where it stands afterwards.
import { describe, expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import type { UploadEffect, Uploader } from '../../../core/sync/uploaderState.ts'
import { firstBatch, largestBatch, newUploader } from '../../../core/sync/uploaderState.ts'
import { aRow, aVerdict } from '../../makers/rows.ts'
import { morning } from '../../makers/stamps.ts'
import { answer, fails, fold, one, read, rowsRead, settled, stored, three, two } from './uploading.ts'
import type { Given } from './uploading.ts'

describe('the uploader', () => {
  test('[SYNC-1] [SYNC-13] starts by reading a small batch, sends it, and reads on while it is under way', () => {
    expect(fold([{ type: 'started' }])[1]).toEqual([read(1, 0, firstBatch)])
    const [state, effects] = fold([{ type: 'started' }, rowsRead(1, one, two)])
    expect(effects).toEqual([read(3, two.seq, firstBatch), { do: 'push', ticket: 2, rows: [one, two] }])
    expect(state.phase).toEqual({ at: 'sending', ticket: 2, rows: [one, two], ahead: 3 })
  })

  test('[SYNC-13] a batch read ahead goes as soon as the one before it is acknowledged', () => {
    const [state, effects] = fold([{ type: 'started' }, rowsRead(1, one), rowsRead(3, two), stored(2, [one])])
    expect(effects).toEqual([
      read(5, two.seq, firstBatch * 4),
      { do: 'push', ticket: 4, rows: [two] },
      {
        do: 'settle',
        fates: [
          { seq: 1, id: one.id, kind: 'call', fate: 'remove', number: null, said: { at: morning, epoch: 0 } },
        ],
      },
    ])
    expect(state).toMatchObject({ unsettled: 1, lastStoredAt: morning })
  })

  test('[SYNC-13] quick answers make batches larger up to a limit, slow ones smaller', () => {
    const rounds: Given[] = [{ type: 'started' }]
    const grown = fold([...rounds, rowsRead(1, one), stored(2, [one])])[0]
    expect(grown.batch).toBe(256)
    const more = fold([rowsRead(3, two), stored(4, [two])], grown)[0]
    expect([more.batch, largestBatch]).toEqual([999, 999])
    const slow = fold([rowsRead(5, three), stored(6, [three], 20_000)], more)[0]
    expect(slow.batch).toBe(Math.floor(largestBatch / 2))
  })

  test('with nothing left it reads once more from the start, then rests until something is put', () => {
    const sent: Given[] = [{ type: 'started' }, rowsRead(1, one), rowsRead(3), stored(2, [one])]
    const [reading, settle] = fold(sent)
    expect(settle).toMatchObject([{ do: 'settle' }])
    expect(reading.phase).toEqual({ at: 'reading', ticket: null, fromStart: true })
    expect(fold([settled], reading)[1]).toEqual([read(4, 0, 256)])
    const [idle, wake] = fold([settled, rowsRead(4)], reading)
    expect([idle.phase.at, wake]).toEqual(['idle', [{ do: 'readNextDue' }]])
    expect(fold([{ type: 'put', urgent: false }], idle)[1]).toEqual([read(5, 0, 256)])
    expect(fold([{ type: 'nextDueRead', dueAt: morning + 700 }], idle)[1]).toEqual([
      { do: 'wake', afterMs: 700 },
    ])
    expect(fold([{ type: 'nextDueRead', dueAt: null }], idle)[1]).toEqual([])
  })

  test('something put while it was reading the end is not overlooked', () => {
    const [state, effects] = fold([{ type: 'started' }, { type: 'put', urgent: false }, rowsRead(1)])
    expect([state.phase.at, effects]).toEqual(['reading', [read(2, 0, firstBatch)]])
  })

  test('[SYNC-10] the answer to an older question is nobody’s: not after a restart, not twice', () => {
    const [sending] = fold([{ type: 'started' }, rowsRead(1, one)])
    const [again] = fold([{ type: 'stopped' }, { type: 'started' }, rowsRead(4, two)], sending)
    expect(again.phase).toMatchObject({ at: 'sending', ticket: 5 })
    expect(fold([stored(2, [one])], again)).toEqual([again, []])
    const [, twice] = fold([rowsRead(6), stored(5, [two]), stored(5, [two])], again)
    expect(twice).toEqual([])
  })

  test.each(['unreachable', 'busy', 'not_ours', 'conflict'] as const)(
    '[SYNC-5] after %s it waits, asks with a tiny request, and only then sends again',
    (code) => {
      const [state, effects] = fold([{ type: 'started' }, rowsRead(1, one), fails(2, code)])
      expect(effects).toEqual([{ do: 'wake', afterMs: 500 }])
      expect(state.phase).toEqual({ at: 'waiting', probe: true, until: morning + 500, asked: false })
      expect(state.trouble).toMatchObject({ since: morning, problem: { code } })
      expect(fold([{ type: 'put', urgent: false }], state)[1]).toEqual([])
      const [probing, probe] = fold([{ type: 'woke' }], state)
      expect(probe).toEqual([{ do: 'probe' }])
      const away: Given = { type: 'probed', answer: failed('unreachable', '试验') }
      expect(fold([away], probing)[1]).toEqual([{ do: 'wake', afterMs: 1000 }])
      expect(fold([{ type: 'probed', answer: done(null) }], probing)[1]).toEqual([read(4, 0, firstBatch)])
    },
  )

  test('[SYNC-5] waits double up to a minute, with full jitter, and begin anew after a success', () => {
    let [state] = fold([{ type: 'started' }, rowsRead(1, one), { ...fails(2, 'unreachable'), random: 1 }])
    const waits: number[] = []
    for (let n = 0; n < 9; n++) {
      let effects: UploadEffect[]
      const away: Given = { type: 'probed', answer: failed('unreachable', '试验'), random: 1 }
      ;[state, effects] = fold([{ type: 'woke' }, away], state)
      waits.push(...effects.flatMap((effect) => (effect.do === 'wake' ? effect.afterMs : [])))
    }
    expect(waits).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000])
    const back: Given = { type: 'probed', answer: done(null) }
    const ticket = state.nextTicket
    const [well] = fold([{ type: 'woke' }, back, rowsRead(ticket, one), stored(ticket + 1, [one])], state)
    expect(well).toMatchObject({ failures: 0, trouble: null })
  })

  test('[SYNC-11] without a token it waits for the next sign-in and keeps everything', () => {
    const [state, effects] = fold([{ type: 'started' }, rowsRead(1, one), fails(2, 'not_signed_in')])
    expect([state.phase.at, effects]).toEqual(['signedOut', [{ do: 'wake', afterMs: 60_000 }]])
    expect(fold([{ type: 'hurried', byPerson: true }], state)[1]).toEqual([read(4, 0, firstBatch)])
  })

  test('[SYNC-8] [F31] a batch the centre fails on is halved until the bad row stands alone, and that is put off', () => {
    const rows = [one, two, three]
    const [half, wake] = fold([{ type: 'started' }, rowsRead(1, ...rows), fails(2, 'failed')])
    expect([half.batch, wake]).toEqual([2, [{ do: 'wake', afterMs: 500 }]])
    const [quarter] = fold([{ type: 'woke' }, rowsRead(4, one, two), fails(5, 'failed')], half)
    expect(quarter.batch).toBe(1)
    const [alone, effects] = fold([{ type: 'woke' }, rowsRead(7, one), fails(8, 'failed')], quarter)
    expect(effects).toContainEqual({
      do: 'settle',
      fates: [{ seq: 1, id: one.id, kind: 'call', fate: 'wait', dueAt: morning + 500, attempts: 1 }],
    })
    // The next one passes: from then on it is known that the centre is well.
    const ticket = alone.nextTicket
    const [after] = fold([settled, { type: 'woke' }, rowsRead(ticket, two), stored(ticket + 1, [two])], alone)
    expect(after).toMatchObject({ othersPass: true, failures: 0, batch: 4 })
  })

  test('[SYNC-8] a row the centre failed on before travels alone', () => {
    const suspect = aRow(2, { attempts: 3 })
    const [, first] = fold([{ type: 'started' }, rowsRead(1, one, suspect, three)])
    expect(first).toContainEqual({ do: 'push', ticket: 2, rows: [one] })
    const [, second] = fold([{ type: 'started' }, rowsRead(1, suspect, three)])
    expect(second).toContainEqual({ do: 'push', ticket: 2, rows: [suspect] })
  })

  test('[SYNC-8] [F31] a row that alone fails eight times while others pass is parked for a person', () => {
    const suspect = aRow(1, { attempts: 7 })
    const well: Uploader = { ...newUploader, othersPass: true }
    const [sending] = fold([{ type: 'started' }], well)
    const passes: Uploader = { ...sending, othersPass: true }
    const [, effects] = fold([rowsRead(1, suspect), fails(2, 'failed')], passes)
    expect(effects).toContainEqual(
      expect.objectContaining({ do: 'settle', fates: [expect.objectContaining({ fate: 'park' })] }),
    )
    const [, kept] = fold([{ type: 'started' }, rowsRead(1, suspect), fails(2, 'failed')])
    expect(kept).toContainEqual(
      expect.objectContaining({ do: 'settle', fates: [expect.objectContaining({ fate: 'wait' })] }),
    )
  })

  test('[SYNC-8] [F31] one row alone that the centre is busy with steps aside for the others, also right after a start', () => {
    const suspect = aRow(1, { attempts: 3 })
    const busy = answer([aVerdict(suspect, { verdict: 'busy' })])
    const [state, effects] = fold([
      { type: 'started' },
      rowsRead(1, suspect, two),
      rowsRead(3, two),
      { type: 'answered', ticket: 2, answer: done(busy), tookMs: 10 },
    ])
    expect(effects).toEqual([
      expect.objectContaining({
        do: 'settle',
        fates: [expect.objectContaining({ fate: 'wait', attempts: 4 })],
      }),
    ])
    // Once that is on disk the reading goes on behind it.
    expect(fold([settled], state)[1]).toEqual([read(4, suspect.seq, 1)])
  })

  test('[SYNC-4] a row that alone is too large is parked with the words of the centre', () => {
    const [, effects] = fold([{ type: 'started' }, rowsRead(1, one), fails(2, 'too_large')])
    const fate = { seq: 1, id: one.id, kind: 'call', fate: 'park', text: '试验', field: null, at: morning }
    expect(effects).toEqual([{ do: 'settle', fates: [fate] }])
    const [halved, again] = fold([{ type: 'started' }, rowsRead(1, one, two), fails(2, 'too_large')])
    expect([halved.batch, again]).toEqual([1, [read(4, 0, 1)]])
    // What was too large once is not tried again a moment later.
    const [after] = fold([rowsRead(4, one), stored(5, [one])], halved)
    expect(after.batch).toBe(1)
  })

  test.each([
    ['', []],
    [', also when it took the numbers told along', [{ id: 'numbers', verdict: 'stored' as const }]],
  ])(
    '[SYNC-8] [SERVER-57] when the centre cannot write any of a batch, nothing is counted against the rows%s',
    (_, told) => {
      const busy = answer([...told, aVerdict(one, { verdict: 'busy' }), aVerdict(two, { verdict: 'busy' })])
      const [state, effects] = fold([
        { type: 'started' },
        rowsRead(1, one, two),
        { type: 'answered', ticket: 2, answer: done(busy), tookMs: 10 },
      ])
      expect([state.phase.at, state.trouble?.problem.code, effects]).toEqual([
        'waiting',
        'busy',
        [{ do: 'wake', afterMs: 500 }],
      ])
    },
  )

  test('a disk that takes no acknowledgement makes it wait; the rows go again later', () => {
    const [state, effects] = fold([
      { type: 'started' },
      rowsRead(1, one),
      rowsRead(3),
      stored(2, [one]),
      { type: 'settled', answer: failed('failed', '本机存储出错') },
    ])
    expect([state.phase.at, state.unsettled, effects]).toEqual(['waiting', 0, [{ do: 'wake', afterMs: 500 }]])
    const [, broken] = fold([
      { type: 'started' },
      { type: 'rowsRead', ticket: 1, rows: failed('failed', '本机存储出错') },
    ])
    expect(broken).toEqual([{ do: 'wake', afterMs: 500 }])
  })

  test('[SYNC-12] [F37] one of the two too old for the other: nothing is parked, nothing is sent again for ten minutes', () => {
    for (const code of ['too_new', 'too_old'] as const) {
      const [state, effects] = fold([{ type: 'started' }, rowsRead(1, one), fails(2, code)])
      expect([state.phase.at, state.trouble?.problem.code]).toEqual(['waiting', code])
      expect(effects).toEqual([{ do: 'wake', afterMs: 600_500 }])
    }
  })

  test('[SYNC-11] whatever the centre calls it, without access it waits a minute for a sign-in and keeps everything', () => {
    for (const code of ['forbidden', 'locked', 'wrong_password'] as const) {
      const [state, effects] = fold([{ type: 'started' }, rowsRead(1, one), fails(2, code)])
      expect([state.phase.at, effects]).toEqual(['signedOut', [{ do: 'wake', afterMs: 60_000 }]])
      expect(state.trouble?.since).toBe(morning)
    }
  })

  test('[SYNC-8] a batch it cannot read is halved at once, and one row alone is parked', () => {
    const [half, effects] = fold([{ type: 'started' }, rowsRead(1, one, two), fails(2, 'bad_input')])
    expect([half.batch, half.ceiling, effects]).toEqual([1, largestBatch, [read(4, 0, 1)]])
    const [, parks] = fold([{ type: 'started' }, rowsRead(1, one), fails(2, 'bad_input')])
    expect(parks).toEqual([expect.objectContaining({ fates: [expect.objectContaining({ fate: 'park' })] })])
  })

  test('[SYNC-8] two rows in a row that fail alone: it is the centre, and it waits', () => {
    const alone = fold([{ type: 'started' }, rowsRead(1, one), fails(2, 'failed'), settled])
    const ticket = alone[0].nextTicket - 1
    expect(alone[1]).toEqual([read(ticket, one.seq, 1)])
    const [state, effects] = fold([rowsRead(ticket, two), fails(ticket + 1, 'failed')], alone[0])
    expect([state.phase.at, effects.map((effect) => effect.do)]).toEqual(['waiting', ['wake', 'settle']])
    expect(state.phase).toMatchObject({ probe: false })
  })

  test('[SYNC-1] pressed in the middle of sending, "now" is not forgotten', () => {
    const [state] = fold([
      { type: 'started' },
      rowsRead(1, one),
      rowsRead(3),
      { type: 'hurried', byPerson: true },
    ])
    expect(state.stale).toBe(true)
    expect(fold([{ type: 'started' }, rowsRead(1, one), { type: 'woke' }])[0].stale).toBe(false)
    // Started twice, it goes on as it is.
    expect(fold([{ type: 'started' }], state)).toEqual([state, []])
  })

  test('[SYNC-14] it says when something was last stored, and only then', () => {
    const refused = answer([aVerdict(one, { verdict: 'refused' })])
    const said: Given = { type: 'answered', ticket: 2, answer: done(refused), tookMs: 10 }
    expect(fold([{ type: 'started' }, rowsRead(1, one), said])[0].lastStoredAt).toBeNull()
    const half = answer([aVerdict(one), aVerdict(two, { verdict: 'busy' })])
    const partly: Given = { type: 'answered', ticket: 2, answer: done(half), tookMs: 10 }
    const [state, effects] = fold([{ type: 'started' }, rowsRead(1, one, two), partly])
    expect([state.lastStoredAt, state.othersPass]).toEqual([morning, true])
    expect(effects).toContainEqual(
      expect.objectContaining({
        fates: [expect.objectContaining({ fate: 'remove' }), expect.objectContaining({ fate: 'wait' })],
      }),
    )
  })

  test('a reading that fails while a batch is under way costs nothing but the reading', () => {
    const broken: Given = { type: 'rowsRead', ticket: 3, rows: failed('failed', '本机存储出错') }
    const [state] = fold([{ type: 'started' }, rowsRead(1, one), broken])
    expect(state.phase).toMatchObject({ at: 'sending', ahead: [] })
  })

  test('stopped, it asks for nothing, whatever still arrives', () => {
    const [off] = fold([{ type: 'started' }, rowsRead(1, one), { type: 'stopped' }])
    for (const late of [
      rowsRead(3, two),
      stored(2, [one]),
      { type: 'woke' },
      { type: 'hurried', byPerson: true },
    ] as Given[])
      expect(fold([late], off)[1]).toEqual([])
  })
})
