// What a seat is told of an early warning, in words its program knows: a page opened before an update takes no report that
// says more than it knew of.
import { WarningTold, type WarningReport } from '../contract/warnings.ts'

/** Columns of a WarningTold under their contract names, from `warnings w` and `warning_events e`. */
export const toldColumns = `
  w.body as report, e.id as event, e.number, e.level, e.state, w.received_at as "receivedAt",
  e.signed_at as "signedAt", (select a.name from accounts a where a.id = e.signed_by) as "signedBy",
  e.changed_at as "changedAt"`

/** The protocol that brought `graverHeardAt`. */
const graverHeard = 27

/** [SERVER-37] */
export const reportFor = (report: WarningReport, protocol: number): WarningReport => {
  if (protocol >= graverHeard) return report
  const { graverHeardAt: _, ...known } = report
  return known
}

/** To the agent who wrote it; nothing is masked. */
export const toldOf = (row: object, protocol: number): WarningTold => {
  const told = WarningTold.parse(row)
  return { ...told, report: reportFor(told.report, protocol) }
}
