// The files of this person's calls: kept sealed on this computer, in a strict store of their own, and carried to the
// centre chunk by chunk behind the records. What may be added is core/attachments' to say; how far the centre has got,
// the centre's: nothing here need be remembered for going on after a cut.
import type { Answer } from '../../contract/answer.ts'
import { done, failed, type Problem } from '../../contract/answer.ts'
import { AttachmentHead, chunkBytes, type AttachmentState } from '../../contract/attachments.ts'
import type { AttachmentId, CallId } from '../../contract/ids.ts'
import { chunkCount, neverTaken, notNow } from '../../core/attachments/attachments.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { backoff } from '../../core/sync/backoff.ts'
import { sentKeptMs } from '../../core/sync/settle.ts'
import { toBase64 } from './base64.ts'
import { openFiles, type HeadRow } from './attachmentFiles.ts'
import type { AttachmentJournal } from './attachmentJournal.ts'
import type { Attachments, KeptAttachment } from './attachmentsPort.ts'
import type { CentreClient } from './centreClient.ts'
import type { CentreClock } from './centreClock.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type AttachmentParts = {
  readonly name: string
  readonly sealer: Sealer
  readonly journal: AttachmentJournal
  /** So many files the store had lost are back. */
  told(files: number): void
  readonly clock: Pick<CentreClock, 'now' | 'tick' | 'after' | 'isSure'>
  readonly random: () => number
  readonly call: CentreClient['call']
  /** The centre's epoch as the session names it now. */
  readonly epoch: () => number
}

const encoder = new TextEncoder()
const limitMs = 5_000
const cut = '这个附件在本机读不出来，没有上传。请删掉重新添加。'

export const openAttachments = (parts: AttachmentParts): Attachments => {
  const { sealer, clock, journal } = parts
  const { dexie, heads, chunks, chunksOf, forget, sent } = openFiles(parts.name)
  const listeners = new Set<() => void>()
  const received = new Map<AttachmentId, number>()
  let busy = false
  let running = false
  let stopped = false
  let failures = 0
  /** The centre cannot store just now: by `tick`, when it is asked again. */
  let untilTick = 0
  let cancelTimer = (): void => undefined

  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  /** Never throws; a disk that does not answer is a Problem. */
  const guarded = async <T>(work: () => Promise<T>, lost: string): Promise<Answer<T>> => {
    let cancel = (): void => undefined
    const late = new Promise<never>((_, reject) => {
      cancel = clock.after(limitMs, () => reject(new Error('late')))
    })
    try {
      return done(await Promise.race([work(), late]))
    } catch {
      return failed('failed', lost)
    } finally {
      cancel()
    }
  }
  const headOf = async (row: Pick<HeadRow, 'id' | 'head'>): Promise<AttachmentHead | null> => {
    const plain = await sealer.open('attachments', row.id, row.head)
    return plain ? AttachmentHead.parse(JSON.parse(new TextDecoder().decode(plain))) : null
  }
  const chunkOf = async (id: AttachmentId, chunk: number): Promise<Bytes | null> => {
    const row = await chunks.get([id, chunk])
    return row ? sealer.open('attachmentChunks', `${id}/${chunk}`, row.data) : null
  }
  /** In one transaction, whole or not at all. */
  const put = (head: AttachmentHead, sealed: Bytes, pieces: readonly Bytes[]): Promise<unknown> =>
    dexie.transaction('rw', heads, chunks, async () => {
      await chunks.bulkPut(pieces.map((data, chunk) => ({ attachment: head.id, chunk, data })))
      const { id, callId } = head
      await heads.put({ id, callId, state: 'waiting', head: sealed, sent: null, problem: null })
    })
  /** [ATTACH-7] What the store was told to keep and has lost. */
  const bringBack = async (): Promise<void> => {
    let back = 0
    for (const file of await journal.held()) {
      const row = await heads.get(file.id)
      // The next person at the seat carried it.
      if (row?.state === 'sent') journal.over(file.id, file.chunks.length)
      const head = await headOf(file)
      if (!head || (row && row.state !== 'waiting')) continue
      const count = chunkCount(head.bytes)
      if (file.chunks.length < count || (row && (await chunksOf(file.id).count()) === count)) continue
      await put(head, file.head, file.chunks)
      back += 1
    }
    if (back === 0) return
    tell()
    parts.told(back)
  }

  /** Sends what the centre lacks of this one; the answer is why it stopped. */
  const send = async (head: AttachmentHead): Promise<Answer<AttachmentState> | 'paused' | 'unreadable'> => {
    let answer: Answer<AttachmentState> = await parts.call('attachments.begin', head)
    for (;;) {
      if (!answer.ok || answer.value.whole) return answer
      if (busy || stopped) return 'paused'
      const at = answer.value.received
      received.set(head.id, at)
      tell()
      const data = await chunkOf(head.id, at / chunkBytes)
      if (!data) return 'unreadable'
      answer = await parts.call('attachments.chunk', { id: head.id, at, data: toBase64(data) })
    }
  }
  /** null: nothing more is to be sent of it; a Problem: it stays for another time. */
  const settle = async (head: AttachmentHead): Promise<Problem | 'paused' | null> => {
    const outcome = await send(head)
    if (outcome === 'paused') return 'paused'
    if (outcome === 'unreadable') {
      await heads.update(head.id, { state: 'refused', problem: cut })
      return null
    }
    if (outcome.ok) {
      failures = 0
      await heads.update(head.id, {
        state: 'sent',
        problem: null,
        sent: { epoch: parts.epoch(), at: clock.now() },
      })
      journal.over(head.id, chunkCount(head.bytes))
      return null
    }
    const { problem } = outcome
    if (!neverTaken.has(problem.code)) return problem
    await heads.update(head.id, { state: 'refused', problem: problem.text })
    return null
  }
  /** Not sooner than it asks for, and less often the longer it lasts. */
  const askAgain = ({ code, retryAfterMs = 0 }: Problem): void => {
    failures += 1
    const random = parts.random()
    const afterMs = Math.max(backoff(failures, random, retryAfterMs), backoff(failures, random, undefined))
    if (code === 'busy' || code === 'too_many') untilTick = clock.tick() + afterMs
    cancelTimer()
    cancelTimer = clock.after(afterMs, () => void run())
  }
  /** [ATTACH-3] One that is not taken now, with all of its call, holds up no other call's. */
  const sendAll = async (): Promise<void> => {
    const passedOver = new Set<CallId>()
    let later: Problem | null = null
    for (const row of await heads.where('state').equals('waiting').sortBy('id')) {
      const head = passedOver.has(row.callId) ? null : await headOf(row)
      if (!head) continue
      const outcome = await settle(head)
      tell()
      if (outcome === null) continue
      if (outcome === 'paused') return
      passedOver.add(row.callId)
      later = outcome
      if (!notNow.has(outcome.code)) break
    }
    if (later) askAgain(later)
  }
  /** [ATTACH-2] What a restored centre may lack waits again; what has been there for a week goes. */
  const sweep = async (): Promise<void> => {
    for (const row of await sent()) {
      if (row.sent && clock.isSure() && row.sent.at < clock.now() - sentKeptMs) await forget(row.id)
      else if (row.sent && row.sent.epoch < parts.epoch())
        await heads.update(row.id, { state: 'waiting', sent: null })
    }
  }
  const run = async (): Promise<void> => {
    if (running || busy || stopped || clock.tick() < untilTick) return
    running = true
    try {
      await sweep()
      await sendAll()
    } catch {
      // A disk that fails now is asked again at the next occasion.
    }
    running = false
  }
  cancelTimer = clock.after(0, () => {
    void bringBack()
      .catch(() => undefined)
      .then(run)
  })

  return {
    async add(head, content) {
      const answer = await guarded(async () => {
        const sealed = await sealer.seal('attachments', head.id, encoder.encode(JSON.stringify(head)))
        const pieces: Bytes[] = []
        for (let at = 0; at < content.length; at += chunkBytes)
          pieces.push(
            await sealer.seal(
              'attachmentChunks',
              `${head.id}/${pieces.length}`,
              content.slice(at, at + chunkBytes),
            ),
          )
        await put(head, sealed, pieces)
        return { id: head.id, head: sealed, chunks: pieces }
      }, '附件没有存到本机，请检查磁盘空间后再加一次')
      if (!answer.ok) return answer
      await journal.keep(answer.value)
      tell()
      void run()
      return done(null)
    },
    of: (callId) =>
      guarded(async () => {
        const rows = await heads.where('callId').equals(callId).sortBy('id')
        const opened = await Promise.all(
          rows.map(async (row): Promise<KeptAttachment[]> => {
            const head = await headOf(row)
            if (!head) return []
            const seen = row.state === 'sent' ? head.bytes : (received.get(row.id) ?? 0)
            return [{ head, state: row.state, received: seen, problem: row.problem }]
          }),
        )
        return opened.flat()
      }, '没读出附件，已存的不受影响，请再试一次'),
    waiting: () =>
      guarded(() => heads.where('state').equals('waiting').count(), '没读出附件，已存的不受影响，请再试一次'),
    content: (id) =>
      guarded(async () => {
        const row = await heads.get(id)
        const head = row ? await headOf(row) : null
        if (!head) return null
        const whole = new Uint8Array(head.bytes)
        for (let at = 0; at < head.bytes; at += chunkBytes) {
          const data = await chunkOf(id, at / chunkBytes)
          if (!data) return null
          whole.set(data, at)
        }
        return whole
      }, '没读出附件，已存的不受影响，请再试一次'),
    async remove(id) {
      const answer = await guarded(async () => {
        const row = await heads.get(id)
        if (!row || row.state === 'sent') return null
        const count = await chunksOf(id).count()
        await forget(id)
        journal.over(id, count)
        return null
      }, '附件没有删掉，请再试一次')
      tell()
      return answer
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    lineIsBusy(now) {
      busy = now
      if (!now) void run()
    },
    sendNow() {
      if (clock.tick() < untilTick) return
      failures = 0
      void run()
    },
    stop() {
      stopped = true
      cancelTimer()
      journal.close()
      dexie.close()
    },
  }
}
