// The knowledge base at the centre: editions come in whole or not at all, and seats pull what changed.
import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { Article, KnowledgeAnswer } from '../../contract/knowledge.ts'
import type { Session } from '../../contract/session.ts'
import { PROTOCOL } from '../../contract/version.ts'
import { readArguments } from '../../server/arguments.ts'
import { backUp } from '../../server/backup.ts'
import { runCommand } from '../../server/commands.ts'
import { currentArticles, startingArticles, takeArticles } from '../../server/knowledge.ts'
import { readKnowledge } from '../../server/knowledgeFile.ts'
import { startingReference } from '../../server/reference.ts'
import { anArticle } from '../makers/articles.ts'
import { startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, newFolder, type Place } from './databases.ts'
import { until } from './until.ts'

describe.each(bothDatabases)('the knowledge base on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let handler: Session
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    handler = await centre.signIn('3001')
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })
  const take = (...articles: Article[]) =>
    takeArticles(centre.running.database, articles, 'test', centre.clock.now())
  const pull = (cursor: number, limit = 500): Promise<KnowledgeAnswer> =>
    centre.get('knowledge.pull', { cursor, limit }, handler.token)
  const names = ({ articles }: KnowledgeAnswer) =>
    Article.array()
      .parse(articles)
      .map(({ code, effectiveFrom, plain }) => [code, effectiveFrom, plain])

  test('[KNOW-7] [KNOW-8] what is taken in is pulled by its cursor, a correction again, the same not at all', async () => {
    expect(await pull(0)).toMatchObject({ cursor: 0, more: false, articles: [] })
    const first = anArticle('A', { plain: '一' })
    const later = anArticle('A', { effectiveFrom: '2025-01-01', plain: '二' })
    const other = anArticle('B', { plain: '三' })
    expect(await take(first, later, other)).toEqual({ added: 3, corrected: 0, unchanged: 0 })
    const all = await pull(0)
    expect(names(all)).toEqual([
      ['A', '2020-01-01', '一'],
      ['A', '2025-01-01', '二'],
      ['B', '2020-01-01', '三'],
    ])
    expect((await pull(all.cursor)).articles).toEqual([])

    expect(await take(first, { ...later, plain: '二改' }, other)).toEqual({
      added: 0,
      corrected: 1,
      unchanged: 2,
    })
    const changed = await pull(all.cursor)
    expect(names(changed)).toEqual([['A', '2025-01-01', '二改']])
    expect(changed.cursor).toBeGreaterThan(all.cursor)
    // A seat that comes new gets each edition once, as it reads now; the centre keeps how it read before.
    expect(names(await pull(0))).toHaveLength(3)
    expect((await currentArticles(centre.running.database)).map(({ plain }) => plain)).toEqual([
      '一',
      '二改',
      '三',
    ])
    const kept = await centre.running.database.rows<{ rev: number }>(
      `select rev from articles where code = 'A' and effective_from = '2025-01-01' order by rev`,
    )
    expect(kept.map(({ rev }) => rev)).toEqual([1, 2])
  })

  test('[KNOW-8] comes in portions, none missed', async () => {
    await take(...Array.from({ length: 7 }, (_, at) => anArticle(`P${at}`)))
    const found: string[] = []
    for (let cursor = 0, more = true; more;) {
      const page = await pull(cursor, 3)
      expect(page.articles.length).toBeLessThanOrEqual(3)
      found.push(...names(page).map(String))
      ;({ cursor, more } = page)
    }
    expect(found).toHaveLength(10)
    expect(new Set(found).size).toBe(10)
  })

  test('[KNOW-7] [SERVER-33] it is in the backup', async () => {
    const file = join(place.folder, 'knowledge.backup')
    const counts = await backUp(centre.running.database, file, 'k'.repeat(40), centre.clock.now())
    expect(counts).toMatchObject({ articles: 11 })
  })
})

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content))
const fileOf = (content: object): string => {
  const file = join(newFolder(), 'knowledge.json')
  fs.writeFileSync(file, textOf(content))
  return file
}
const reading = (content: unknown) => readKnowledge(textOf(content), startingReference())

describe('the file of articles', () => {
  test('[KNOW-7] each wrong row is named by its place and what is wrong', () => {
    const { title: _, ...untitled } = anArticle('B')
    const rows = [
      anArticle('A', { topics: ['GS'] }),
      untitled,
      anArticle('C', { effectiveFrom: '2025-02-30' }),
      anArticle('D', { effectiveTo: '2019-12-31' }),
      anArticle('E', { topics: ['NIX'] }),
      { ...anArticle('F'), titel: '打错的栏名' },
      anArticle('A'),
      anArticle('G', { clause: '' }),
      'not an article',
    ]
    const read = reading({ articles: rows })
    const wrong = 'wrong' in read ? read.wrong : []
    const about = (row: number) => wrong.filter((line) => line.startsWith(`第 ${row} 条`)).join('\n')
    expect(about(1)).toBe('')
    expect(about(2)).toMatch(/^第 2 条（B） title：/)
    expect(about(3)).toContain('effectiveFrom')
    expect(about(4)).toContain('2019-12-31 早于生效日 2020-01-01')
    expect(about(5)).toContain('没有代码为 NIX 的主题')
    expect(about(6)).toContain('titel')
    expect(about(8)).toContain('政策要写明条款和依据')
    expect(about(9)).not.toBe('')
    expect(wrong.join('\n')).toContain('2020-01-01 起的这一版在文件里有两条')
  })

  test('[KNOW-7] what is no such file is said, and a hundred errors are cut short', () => {
    expect(reading('{"articles"')).toMatchObject({ wrong: [expect.stringContaining('读不懂')] })
    expect(reading([])).toMatchObject({ wrong: [expect.stringContaining('没有 articles')] })
    const many = reading({ articles: Array.from({ length: 100 }, () => ({})) })
    const wrong = 'wrong' in many ? many.wrong : []
    expect(wrong).toHaveLength(31)
    expect(wrong.at(-1)).toMatch(/另有 \d+ 处/)
  })

  test('[KNOW-7] [KNOW-9] what a centre may begin with fits its own rules, and claims nothing', () => {
    const articles = startingArticles()
    expect(reading({ articles })).toEqual({ articles })
    expect(articles.length).toBeGreaterThanOrEqual(25)
    expect(articles.filter(({ verified }) => verified)).toEqual([])
  })
})

test('[KNOW-7] the errand takes a file in, shows what is there, and refuses a wrong one whole', async () => {
  const kind = bothDatabases[0]?.[1]()
  const place = await kind?.newPlace()
  if (!kind || !place) throw new Error('no database')
  const environment = place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl }
  const errand = (...words: string[]) =>
    runCommand(readArguments([...words, '--data', place.folder], environment), () => undefined)
  expect(await errand('knowledge', 'show')).toEqual({ articles: startingArticles() })
  const good = anArticle('A', { topics: ['GS'] })
  expect(await errand('knowledge', 'import', fileOf({ articles: [good] }))).toEqual({
    added: 1,
    corrected: 0,
    unchanged: 0,
  })
  await expect(
    errand('knowledge', 'import', fileOf({ articles: [{ ...good, plain: '改' }, {}] })),
  ).rejects.toThrow('没有导入')
  expect(await errand('knowledge', 'show')).toEqual({ articles: [good] })
  await place.remove()
  await kind.stop()
})

test('[KNOW-8] what an errand takes in while the centre runs is told to every seat within seconds', async () => {
  const kind = bothDatabases[0]?.[1]()
  const place = await kind?.newPlace()
  if (!kind || !place) throw new Error('no database')
  // Nobody waits for the centre's seconds: they are let pass.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const centre = await startTestCentre(place)
  const { token } = await centre.signIn('1001')
  const socket = new WebSocket(`${centre.running.address.replace('http', 'ws')}/feed`)
  const heard: string[] = []
  socket.on('message', (data: Buffer) => heard.push(data.toString()))
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(JSON.stringify({ type: 'hello', token, protocol: PROTOCOL }))
  // The first look only learns what there is; an article comes before each of the next ones.
  let articles = 0
  await until(async () => {
    articles += 1
    await takeArticles(centre.running.database, [anArticle(`A${articles}`)], 'test', 0)
    vi.advanceTimersByTime(5_000)
    return heard.some((message) => message.includes('"reference"'))
  }, 'the seat is told')
  socket.terminate()
  await centre.stop()
  await place.remove()
  await kind.stop()
})
