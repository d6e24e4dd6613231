// Bugs a program like this one has had somewhere, each a few words put in place of others in one file. Some sit in the
// seat's code, some in what stands for its disk or for the centre. `npm run sim:bugs` proves that each is found.

export type Bug = {
  readonly name: string
  /** What somebody might have thought. */
  readonly story: string
  readonly file: string
  readonly instead: string
  readonly put: string
}

export const bugs: readonly Bug[] = [
  {
    name: 'noDedup',
    story: 'the centre stores what it has already',
    file: 'test/sim/centreModel.ts',
    instead:
      "if (known && known.rev >= call.rev) return [state, { id: call.id, item, verdict: 'duplicate' }]",
    put: '',
  },
  {
    name: 'dedupForgets',
    story: 'the centre remembers for a minute only what it has seen',
    file: 'test/sim/centreModel.ts',
    instead:
      "if (known && known.rev >= call.rev) return [state, { id: call.id, item, verdict: 'duplicate' }]",
    put: "if (known && known.rev >= call.rev && state.lastChange - (state.calls.get(call.id)?.change ?? 0) < 3) return [state, { id: call.id, item, verdict: 'duplicate' }]",
  },
  {
    name: 'dispatchedTwice',
    story: 'a work order sent again draws another number',
    file: 'test/sim/centreModel.ts',
    instead: "return [state, { id, item, verdict: 'duplicate', number: known.number }]",
    put: '{ const [again, drawn] = numberFor(state, now, undefined); return [{ ...state, numbered: drawn }, { id, item, verdict: "stored", number: again }] }',
  },
  {
    name: 'ackBeforeCommit',
    story: 'now and then the centre answers and the commit fails afterwards',
    file: 'test/sim/centre.ts',
    instead: 'state = answer.state',
    put: 'if (dice.chance(0.03)) return ok({ centre: state.id, epoch: state.epoch, serverNow: world.now(), verdicts }); state = answer.state',
  },
  {
    name: 'olderOverwrites',
    story: 'whatever comes last wins, also a late copy of an older revision',
    file: 'test/sim/centreModel.ts',
    instead: 'if (known && known.rev >= call.rev)',
    put: 'if (known && known.rev === call.rev)',
  },
  {
    name: 'deleteBeforeAck',
    story: 'rows are taken out when they are sent',
    file: 'renderer/adapters/syncLoop.ts',
    instead: 'const answer = await uplink.push(',
    put: "void outbox.settle(effect.rows.map(({ seq, id, kind }) => ({ seq, id, kind, fate: 'remove', number: null, said: { at: 0, epoch: 1e9 } }))); const answer = await uplink.push(",
  },
  {
    name: 'settleById',
    story: 'the answer about an earlier revision takes out the later one',
    file: 'test/fakes/memoryOutbox.ts',
    instead: 'settled(row, bySeq.get(row.seq))',
    put: 'settled(row, fates.find((fate) => fate.id === row.id && fate.kind === row.kind))',
  },
  {
    name: 'loseRefused',
    story: 'what the centre refuses is dropped, it would be refused again anyway',
    file: 'core/sync/settle.ts',
    instead: "case 'refused': {",
    put: "case 'refused': { if (row.seq > 0) return { seq, id, kind, fate: 'remove', number: null, said }",
  },
  {
    name: 'tooNewIsRefused',
    story: 'a centre rolled back to the release before parks what it cannot read',
    file: 'core/sync/settle.ts',
    instead: "return { seq, id, kind, fate: 'wait', dueAt: moment.at + tooNewWaitMs, attempts }",
    put: "return { seq, id, kind, fate: 'park', text: '', field: null, at: moment.at }",
  },
  {
    name: 'epochIgnored',
    story: 'nobody notices that the centre came back from a backup',
    file: 'core/sync/pull.ts',
    instead: 'if (cursor.epoch !== page.epoch) {',
    put: 'if (cursor.epoch !== page.epoch && cursor.cursor < 0) {',
  },
  {
    name: 'cursorFirst',
    story: 'the cursor is saved before the page it belongs to',
    file: 'renderer/adapters/syncLoop.ts',
    instead: "case 'take':",
    put: "case 'take': await mirror.take({ ...effect.page, calls: [], tickets: [], reference: null })",
  },
  {
    name: 'retryForgets',
    story: 'after a few failures in a row it gives up until something else happens',
    file: 'core/sync/uploaderWait.ts',
    instead: "[{ do: 'wake', afterMs }],",
    put: "failures > 3 ? [] : [{ do: 'wake', afterMs }],",
  },
  {
    name: 'busyRowFirst',
    story: 'one row the centre is busy with is taken for a busy centre, and holds up all others',
    file: 'core/sync/uploader.ts',
    instead: 'if (rows.length > 1) return notTaken(half, rows, problem, event)',
    put: 'if (rows.length > 1 || !state.othersPass) return notTaken(state, rows, problem, event)',
  },
  {
    name: 'saidTooEarly',
    story: 'the screen says saved when the disk has been asked, not when it has answered',
    file: 'test/sim/disk.ts',
    instead: 'const isRead = reads.includes(method)',
    put: "const isRead = reads.includes(method); if (method === 'finish') resolve({ ok: true, value: null as T })",
  },
  {
    name: 'oneStoreForAll',
    story: 'who signs in next finds and sends the work of the one before',
    file: 'test/sim/seat.ts',
    instead: 'const store = (account: string): SimStore => {',
    put: "const store = (given: string): SimStore => { const account = given > '' ? 'all' : given",
  },
  {
    name: 'impatient',
    story: 'a wait the centre asks for is not kept',
    file: 'core/sync/backoff.ts',
    instead: 'if (retryAfterMs !== undefined)',
    put: 'if (retryAfterMs !== undefined && retryAfterMs < 0)',
  },
  {
    name: 'hammers',
    story: 'waits do not grow',
    file: 'core/sync/backoff.ts',
    instead: 'firstWaitMs * 2 ** Math.min(failures - 1, 16)',
    put: 'firstWaitMs',
  },
  {
    name: 'clockBelieved',
    story: 'the time of records is whatever the computer thinks it is',
    file: 'core/sync/skew.ts',
    instead: 'skew && Math.abs(skew.ms) > skewTrustedMs ? skew.ms : 0',
    put: 'skew && skew.roundTripMs < 0 ? skew.ms : 0',
  },
  {
    name: 'firstEpochTrusted',
    story: 'a seat that was never told anything takes the first epoch it hears for the one it sent to',
    file: 'core/sync/pull.ts',
    instead: 'if (cursor.epoch !== page.epoch) {',
    put: 'if (cursor.epoch !== null && cursor.epoch !== page.epoch) {',
  },
  {
    name: 'numbersAgain',
    story: 'a centre back from a backup gives the numbers it has lost to other work orders',
    file: 'test/sim/centre.ts',
    instead: 'state = withoutKnownNumbers({ ...backup.state, epoch: newestEpoch }, world.now())',
    put: 'state = { ...backup.state, epoch: newestEpoch }',
  },
  {
    name: 'numbersUnheard',
    story: 'a centre back from a backup does not listen to the numbers seats were told',
    file: 'test/sim/centreModel.ts',
    instead: 'numberFor(state, now, told.get(id))',
    put: 'numberFor(state, now, undefined)',
  },
  {
    name: 'syncedTooSoon',
    story: 'a count overlooks what was put while it was counted, or in place of what is on its way',
    file: 'renderer/adapters/syncLoop.ts',
    instead: 'outdated = outdated && (isOutdated || isUnderWay(uploader))',
    put: 'outdated = false',
  },
  {
    name: 'leftTwice',
    story: 'an urgent row that was sent out of its turn and once more in it is taken for two',
    file: 'renderer/adapters/acknowledged.ts',
    instead: 'fates.filter(({ seq }) => !leaving.has(seq))',
    put: 'fates.filter(() => true)',
  },
]
