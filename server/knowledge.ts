// Knowledge at the centre: editions of articles by revision, pulled by seats with a cursor like everything else that
// changes. `knowledge import FILE` brings them in (knowledgeFile.ts); what counts on which day is core/knowledge's.
import { isDeepStrictEqual } from 'node:util'
import { done } from '../contract/answer.ts'
import { Article } from '../contract/knowledge.ts'
import type { Handler } from './centre.ts'
import type { Database, Queries } from './database.ts'
import starting from './knowledge/starting.json' with { type: 'json' }

/** What demo and practice begin with, and what a new centre may begin to edit: nothing in it has been verified. */
export const startingArticles = (): Article[] => Article.array().parse(starting.articles)

const newest = `
  select distinct on (code, effective_from) code, effective_from, rev, body, change from articles
  order by code, effective_from, rev desc`

/** The newest revision of every edition. */
export const currentArticles = async (queries: Queries): Promise<Article[]> => {
  const rows = await queries.rows<{ body: unknown }>(
    `select body from (${newest}) as n order by code, effective_from`,
  )
  return rows.map(({ body }) => Article.parse(body))
}

/** Grows with every import that changed something; 0: there is nothing. */
export const knowledgeMark = async (queries: Queries): Promise<number> => {
  const [row] = await queries.rows<{ mark: number }>('select coalesce(max(change), 0) as mark from articles')
  return row?.mark ?? 0
}

export interface Taken {
  readonly added: number
  readonly corrected: number
  readonly unchanged: number
}

/** Takes editions in: a new name is a new edition, a known one a correction of it; the same again changes nothing. */
export const takeArticles = (
  database: Database,
  articles: readonly Article[],
  by: string,
  now: number,
): Promise<Taken> =>
  database.transaction(async (queries) => {
    await queries.rows('select pg_advisory_xact_lock(12352)')
    const rows = await queries.rows<{ code: string; effective_from: string; rev: number; body: unknown }>(
      newest,
    )
    const known = new Map(rows.map((row) => [`${row.code} ${row.effective_from}`, row]))
    const taken = { added: 0, corrected: 0, unchanged: 0 }
    for (const article of articles) {
      const before = known.get(`${article.code} ${article.effectiveFrom}`)
      if (before && isDeepStrictEqual(Article.safeParse(before.body).data, article)) {
        taken.unchanged += 1
        continue
      }
      await queries.rows(
        `insert into articles (code, effective_from, rev, body, loaded_at, loaded_by, change)
         values ($1, $2, $3, $4::jsonb, $5, $6, nextval('change_order'))`,
        [article.code, article.effectiveFrom, (before?.rev ?? 0) + 1, JSON.stringify(article), now, by],
      )
      taken[before ? 'corrected' : 'added'] += 1
    }
    return taken
  })

export const pullKnowledge: Handler<'knowledge.pull'> = async (input, _asking, centre) => {
  const rows = await centre.database.rows<{ change: number; body: unknown }>(
    `select change, body from (${newest}) as n where change > $1 order by change limit $2`,
    // One more than asked for tells whether there is more.
    [input.cursor, input.limit + 1],
  )
  const page = rows.slice(0, input.limit)
  return done({
    epoch: centre.identity.epoch,
    cursor: page.at(-1)?.change ?? input.cursor,
    more: rows.length > input.limit,
    articles: page.map(({ body }) => body),
  })
}
