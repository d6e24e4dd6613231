// Reading call records: a caller's earlier calls from all seats, and one whole record. Both are reads of
// personal data and leave a row in the audit.
import { done } from '../contract/answer.ts'
import { CallRecord } from '../contract/softphone.ts'
import { mayReadCall } from '../core/privacy/mask.ts'
import { addAudit } from './audit.ts'
import { summaryColumns, summaryOf } from './callRecords.ts'
import { callerOf, type Handler } from './centre.ts'
import { problems } from './problems.ts'

/** Last digits that name a caller, as call_records.number_key has them. */
const keyOf = (number: string): string => number.replaceAll(/\D/g, '').slice(-11)

export const callsOfNumber: Handler<'calls.ofNumber'> = async (input, asking, centre) => {
  const { account } = callerOf(asking)
  const wait = centre.limits('lookUp', account.id)
  if (wait > 0) return problems.tooMany(wait)
  const key = keyOf(input.number)
  if (key.length < 3) return problems.badInput('number')
  const rows = await centre.database.rows(
    `select ${summaryColumns} from call_records c where c.number_key = $1 order by c.offered_at desc limit 200`,
    [key],
  )
  // The number itself is what must not lie about in the audit: its last four digits name the look-up.
  await addAudit(centre.database, {
    at: centre.now(),
    account: account.id,
    what: 'calls.ofNumber',
    subject: `…${key.slice(-4)} (${rows.length})`,
    address: asking.address,
  })
  return done(rows.map(summaryOf))
}

export const readCall: Handler<'calls.read'> = async (input, asking, centre) => {
  const { account } = callerOf(asking)
  const wait = centre.limits('lookUp', account.id)
  if (wait > 0) return problems.tooMany(wait)
  const [row] = await centre.database.rows<{ agent: string; body: unknown }>(
    'select agent, body from call_records where id = $1',
    [input.id],
  )
  if (row === undefined) return problems.notFound()
  if (!mayReadCall(row, account)) return problems.forbidden()
  await addAudit(centre.database, {
    at: centre.now(),
    account: account.id,
    what: 'calls.read',
    subject: input.id,
    address: asking.address,
  })
  return done(CallRecord.parse(row.body))
}
