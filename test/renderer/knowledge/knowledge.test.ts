// The knowledge base on a seat's disk, fetched from a centre that changes, breaks off and comes back from a backup.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import type { KnowledgeRequest } from '../../../contract/knowledge.ts'
import type { CentreClient } from '../../../renderer/adapters/centreClient.ts'
import type { Knowledge } from '../../../renderer/adapters/knowledge.ts'
import { openKnowledge } from '../../../renderer/adapters/knowledge.ts'
import { systemClock } from '../../../renderer/adapters/systemClock.ts'
import { anArticle } from '../../makers/articles.ts'
import { until } from '../../server/until.ts'

/** What the centre has, in the order of its changes; null: it does not answer. */
let centre: { epoch: number; articles: unknown[] }
let asked: KnowledgeRequest[]
let breaksAfter: number
let open: Knowledge[]
let seat = 0

const call = (async (_name: string, request: KnowledgeRequest) => {
  asked.push(request)
  if (asked.length > breaksAfter) return failed('unreachable', '中心连不上')
  const page = centre.articles.slice(request.cursor, request.cursor + request.limit)
  return done({
    epoch: centre.epoch,
    cursor: request.cursor + page.length,
    more: centre.articles.length > request.cursor + page.length,
    articles: page,
  })
}) as CentreClient['call']

/** As after a start of the program; the same seat has the same disk. */
const start = async (): Promise<Knowledge> => {
  const knowledge = openKnowledge({ centreId: `centre-${seat}`, clock: systemClock, call })
  open.push(knowledge)
  await until(() => knowledge.read().ready, 'the disk has answered')
  return knowledge
}
const codes = (knowledge: Knowledge) =>
  knowledge.read().index.articles.map(({ code, plain }) => `${code} ${plain}`)
const pulled = async (knowledge: Knowledge, count: number) => {
  await knowledge.pullNow()
  await until(() => knowledge.read().index.articles.length === count, 'it is indexed')
}

beforeEach(() => {
  centre = { epoch: 1, articles: [anArticle('A', { plain: '一' }), anArticle('B', { plain: '二' })] }
  asked = []
  breaksAfter = Infinity
  open = []
  seat += 1
})
afterEach(() => {
  for (const each of open) each.stop()
})

test('[KNOW-8] what was pulled is there at the next start, with the centre away, and since when', async () => {
  const first = await start()
  expect(first.read()).toMatchObject({ ready: true, toldAt: null })
  await pulled(first, 2)
  first.stop()
  breaksAfter = 0
  const again = await start()
  expect(codes(again)).toEqual(['A 一', 'B 二'])
  await again.pullNow()
  expect(codes(again)).toEqual(['A 一', 'B 二'])
  expect(again.read().toldAt).toBeLessThanOrEqual(Date.now())
})

test('[KNOW-8] only what changed is fetched, and takes the place of what it corrects', async () => {
  const knowledge = await start()
  await pulled(knowledge, 2)
  centre.articles.push(anArticle('A', { plain: '一改' }), anArticle('C', { plain: '三' }))
  await pulled(knowledge, 3)
  expect(codes(knowledge)).toEqual(['A 一改', 'B 二', 'C 三'])
  expect(asked.map(({ cursor }) => cursor)).toEqual([0, 2])
  const before = knowledge.read().index
  await knowledge.pullNow()
  // Nothing new: nothing is indexed or drawn again.
  expect(knowledge.read().index).toBe(before)
})

test('[KNOW-8] a large base that breaks off is gone on with, and the old one stays until it is whole', async () => {
  const knowledge = await start()
  await pulled(knowledge, 2)
  for (let at = 0; at < 500; at += 1) centre.articles.push(anArticle(`N${at}`))
  breaksAfter = asked.length + 2
  await knowledge.pullNow()
  expect(codes(knowledge)).toHaveLength(2)
  breaksAfter = Infinity
  asked = []
  await pulled(knowledge, 502)
  expect(asked[0]?.cursor).toBe(402)
})

test('[KNOW-8] a centre back from a backup is pulled anew, and what it lost is gone here too', async () => {
  const knowledge = await start()
  await pulled(knowledge, 2)
  centre = { epoch: 2, articles: [anArticle('B', { plain: '旧的二' })] }
  await pulled(knowledge, 1)
  expect(codes(knowledge)).toEqual(['B 旧的二'])
  expect(asked.map(({ cursor }) => cursor)).toEqual([0, 2, 0])
})

test('[KNOW-8] an article this program cannot read is kept for one that can, and holds up no other', async () => {
  const ofTheFuture = { ...anArticle('F'), kind: 'video' }
  centre.articles.splice(1, 0, ofTheFuture)
  const knowledge = await start()
  await pulled(knowledge, 2)
  expect(codes(knowledge)).toEqual(['A 一', 'B 二'])
  knowledge.stop()
  const rows = await new Promise<unknown[]>((resolve, reject) => {
    const opening = indexedDB.open(`knowledge-centre-${seat}`)
    opening.onsuccess = () => {
      const all = opening.result.transaction('kept').objectStore('kept').getAll()
      all.onsuccess = () => resolve(all.result)
      all.onerror = reject
    }
    opening.onerror = reject
  })
  expect(JSON.stringify(rows)).toContain('video')
})

test('[KNOW-8] the centre is asked once a minute at most, and two askings are one', async () => {
  const knowledge = await start()
  knowledge.pullDue()
  knowledge.pullDue()
  await Promise.all([knowledge.pullNow(), knowledge.pullNow()])
  knowledge.pullDue()
  expect(asked).toHaveLength(1)
})
