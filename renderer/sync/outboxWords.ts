// A waiting row in the agent's words: whose it is and what it is about, read from what will be sent.
import type { CallId } from '../../contract/ids.ts'
import { PushItem } from '../../contract/sync.ts'
import type { Reference } from '../../contract/reference.ts'
import type { OutboxRow } from '../../core/ports.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { outcomeWord } from '../records/callWords.ts'
import type { Text } from '../text/catalogue.ts'

export type RowWords = {
  readonly title: string
  readonly about: string
  /** Form to open for a correction; null: nothing a person could correct. */
  readonly callId: CallId | null
}

export const parsedRow = (row: Pick<OutboxRow, 'text'>): PushItem | null => {
  try {
    return PushItem.safeParse(JSON.parse(new TextDecoder().decode(row.text))).data ?? null
  } catch {
    return null
  }
}

export const wordsOf = (
  row: Pick<OutboxRow, 'id' | 'kind' | 'text'>,
  text: Text,
  reference: Reference,
): RowWords => {
  const item = parsedRow(row)
  const { records, sync } = text
  const topicOf = (code: string | null | undefined) => reference.topics.find((each) => each.code === code)?.zh
  if (!item) return { title: sync.kind[row.kind], about: row.id, callId: null }
  switch (item.kind) {
    case 'call': {
      const { form, number, id } = item.body
      const disposition = reference.dispositions.find((each) => each.code === form?.disposition)?.zh
      return {
        title: form?.callerName || (number ? maskNumber(number) : records.withheld),
        about: [topicOf(form?.topic), form ? disposition : outcomeWord(item.body, text)]
          .filter(Boolean)
          .join('·'),
        callId: form ? id : null,
      }
    }
    case 'ticket': {
      const { title, localNumber, plan, callId } = item.body
      return { title, about: [localNumber, plan.departmentName].join('·'), callId }
    }
    case 'warning': {
      const { level, employer, callId, people } = item.body
      const row = reference.warnings?.levels.find((each) => each.level === level)
      return {
        title: employer || sync.kind.warning,
        about: [row?.zh ?? level, people === null ? null : text.tickets.peopleCount(people)]
          .filter(Boolean)
          .join('·'),
        callId,
      }
    }
    case 'audit':
      return { title: sync.audit[item.body.what], about: item.body.agent, callId: null }
  }
}
