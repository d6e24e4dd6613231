// The wire is hashed: whoever changes what crosses a border must raise PROTOCOL and say why (contract/version.ts).
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { api, type Route } from '../../contract/api.ts'
import { FeedDown, FeedUp } from '../../contract/feed.ts'
import { PushItem, ToldNumbers } from '../../contract/sync.ts'
import { PROTOCOL } from '../../contract/version.ts'

const schema = (of: z.core.$ZodType) => z.toJSONSchema(of, { unrepresentable: 'any', io: 'input' })

test('the protocol number grows when the contract changes', () => {
  const wire = {
    feed: [schema(FeedUp), schema(FeedDown)],
    push: [schema(PushItem), schema(ToldNumbers)],
    api: Object.entries<Route>(api).map(([name, route]) => [
      name,
      route.method,
      route.path,
      schema(route.input),
      schema(route.output),
    ]),
  }
  const hash = createHash('sha256').update(JSON.stringify(wire)).digest('hex').slice(0, 16)
  expect({ PROTOCOL, hash }).toEqual({ PROTOCOL: 30, hash: '33bb016bd8b977f0' })
})
