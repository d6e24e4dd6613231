// The keys an account's stores are sealed with. Made at its first session and kept for good: they alone open what its
// seats still hold, also after a password was forgotten.
import { randomBytes, randomInt } from 'node:crypto'
import { StoreKeys } from '../contract/seal.ts'
import type { Queries } from './database.ts'

const read = (queries: Queries, account: string): Promise<object[]> =>
  queries.rows('select id, key from store_keys where account = $1 order by made_at, id', [account])

/** Within a transaction. */
export const storeKeysOf = async (queries: Queries, account: string, now: number): Promise<StoreKeys> => {
  const keys = await read(queries, account)
  if (keys.length > 0) return StoreKeys.parse(keys)
  // Two seats that come at once get one key.
  await queries.rows('select 1 from accounts where id = $1 for update', [account])
  await queries.rows(
    `insert into store_keys (account, id, key, made_at) select $1, $2::int, $3, $4::bigint
     where not exists (select 1 from store_keys where account = $1)`,
    [account, randomInt(1, 65_536), randomBytes(32).toString('base64'), now],
  )
  return StoreKeys.parse(await read(queries, account))
}
