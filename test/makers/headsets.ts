// Headsets as Chromium tells them: report descriptors in bytes, read the way Chromium's HID reader does (items of a
// child collection are listed by its ancestors too). The shapes are those found on the market; the bytes are our own.
import type { Collection, Report, ReportItem } from '../../core/headset/layout.ts'

type Growing = {
  usagePage: number
  usage: number
  inputs: Map<number, ReportItem[]>
  outputs: Map<number, ReportItem[]>
}

const reports = (of: ReadonlyMap<number, ReportItem[]>): Report[] =>
  [...of].map(([reportId, items]) => ({ reportId, items }))

/** HID 1.11, short items only; as much of it as descriptors of headsets use. */
export const collectionsOf = (descriptor: readonly number[]): Collection[] => {
  const all: Growing[] = []
  const stack: Growing[] = []
  let [page, reportId, size, count, low] = [0, 0, 0, 0, 0]
  let usages: number[] = []
  let [least, most]: (number | undefined)[] = []
  for (let at = 0; at < descriptor.length;) {
    const prefix = descriptor[at] ?? 0
    const length = [0, 1, 2, 4][prefix % 4] ?? 0
    const value = descriptor
      .slice(at + 1, at + 1 + length)
      .reduce((sum, byte, place) => sum + byte * 256 ** place, 0)
    at += 1 + length
    const usage = length === 4 ? value : page * 0x1_0000 + value
    switch (prefix - (prefix % 4)) {
      case 0x04:
        page = value
        break
      case 0x84:
        reportId = value
        break
      case 0x74:
        size = value
        break
      case 0x94:
        count = value
        break
      case 0x14:
        low = value
        break
      case 0x08:
        usages.push(usage)
        break
      case 0x18:
        least = usage
        break
      case 0x28:
        most = usage
        break
      case 0xa0: {
        const [first = 0] = usages
        const made = {
          usagePage: Math.floor(first / 0x1_0000),
          usage: first % 0x1_0000,
          inputs: new Map(),
          outputs: new Map(),
        }
        if (stack.length === 0) all.push(made)
        stack.push(made)
        usages = []
        break
      }
      case 0xc0:
        stack.pop()
        break
      case 0x80:
      case 0x90: {
        const flag = (bit: number) => Math.floor(value / 2 ** bit) % 2 === 1
        const isRange = least !== undefined
        const item: ReportItem = {
          isConstant: flag(0),
          isArray: !flag(1),
          isAbsolute: !flag(2),
          hasPreferredState: !flag(5),
          isRange,
          ...(isRange ? { usageMinimum: least ?? 0, usageMaximum: most ?? 0 } : { usages }),
          logicalMinimum: low,
          reportSize: size,
          reportCount: count,
        }
        for (const each of stack) {
          const into = prefix - (prefix % 4) === 0x80 ? each.inputs : each.outputs
          into.set(reportId, [...(into.get(reportId) ?? []), item])
        }
        usages = []
        least = undefined
        most = undefined
        break
      }
      default:
        break
    }
  }
  return all.map(({ usagePage, usage, inputs, outputs }) => ({
    usagePage,
    usage,
    inputReports: reports(inputs),
    outputReports: reports(outputs),
  }))
}

const begin = [0x05, 0x0b, 0x09, 0x05, 0xa1, 0x01, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01]
const end = [0xc0]

/** A volume wheel in front, then hook as a position and mute as a pulse in report 2, all lamps in report 2. */
export const oneReport = [
  ...[
    0x05, 0x0c, 0x09, 0x01, 0xa1, 0x01, 0x85, 0x01, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x09, 0xea, 0x09,
    0xe9,
  ],
  ...[0x95, 0x02, 0x81, 0x02, 0x95, 0x06, 0x81, 0x01, 0xc0],
  ...begin,
  ...[0x85, 0x02, 0x09, 0x20, 0x09, 0x97, 0x95, 0x02, 0x81, 0x22],
  ...[0x09, 0x2f, 0x09, 0x21, 0x09, 0x24, 0x95, 0x03, 0x81, 0x06],
  ...[0x05, 0x09, 0x09, 0x07, 0x95, 0x01, 0x81, 0x02, 0x95, 0x0a, 0x81, 0x01],
  ...[0x05, 0x08, 0x09, 0x17, 0x09, 0x09, 0x09, 0x18, 0x09, 0x20, 0x09, 0x21, 0x95, 0x05, 0x91, 0x22],
  ...[0x05, 0x0b, 0x09, 0x9e, 0x95, 0x01, 0x91, 0x22, 0x95, 0x0a, 0x91, 0x01],
  ...end,
]

/** Buttons in report 8 and 9, a report of its own for each lamp, one of them in a child collection. */
export const lampPerReport = [
  ...begin,
  ...[0x85, 0x08, 0x09, 0x2f, 0x95, 0x01, 0x81, 0x06, 0x95, 0x07, 0x81, 0x01],
  ...[
    0x85, 0x09, 0x95, 0x03, 0x81, 0x01, 0x09, 0x20, 0x95, 0x01, 0x81, 0x22, 0x09, 0x26, 0x81, 0x06, 0x95,
    0x03, 0x81, 0x01,
  ],
  ...[0x05, 0x08, 0x85, 0x17, 0x09, 0x17, 0x95, 0x01, 0x91, 0x22, 0x95, 0x07, 0x91, 0x01],
  ...[0x85, 0x18, 0x09, 0x18, 0x95, 0x01, 0x91, 0x22, 0x95, 0x07, 0x91, 0x01],
  ...[0x09, 0x4b, 0xa1, 0x02, 0x85, 0x19, 0x09, 0x09, 0x95, 0x01, 0x91, 0x22, 0x95, 0x07, 0x91, 0x01, 0xc0],
  ...end,
]

/** No report ids; hook and mute declared alike, as positions with a preferred state: only watching tells which they are. */
export const undecided = [
  ...begin,
  ...[0x09, 0x20, 0x09, 0x2f, 0x95, 0x02, 0x81, 0x02, 0x95, 0x06, 0x81, 0x03],
  ...[0x05, 0x08, 0x09, 0x09, 0x09, 0x17, 0x09, 0x18, 0x95, 0x03, 0x91, 0x02, 0x95, 0x05, 0x91, 0x03],
  ...end,
]

/** A desk telephone's handset: one slot that names the pressed key, from a range of usages; no lamps at all. */
export const keyArray = [
  ...[0x05, 0x0b, 0x09, 0x01, 0xa1, 0x01, 0x85, 0x05, 0x15, 0x01, 0x25, 0x30, 0x19, 0x20, 0x29, 0x4f],
  ...[0x75, 0x08, 0x95, 0x02, 0x81, 0x00, 0xc0],
]

/** Only volume keys: nothing a telephone could use. */
export const volumeOnly = [
  ...[
    0x05, 0x0c, 0x09, 0x01, 0xa1, 0x01, 0x85, 0x01, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x09, 0xea, 0x09,
    0xe9,
  ],
  ...[0x95, 0x02, 0x81, 0x02, 0x95, 0x06, 0x81, 0x01, 0xc0],
]
