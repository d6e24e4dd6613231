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

/** "05 0b a1 01" → bytes. */
const bytesOf = (...lines: readonly string[]): number[] =>
  lines
    .join(' ')
    .split(' ')
    .map((byte) => Number.parseInt(byte, 16))

const volumeKeys = '05 0c 09 01 a1 01 85 01 15 00 25 01 75 01 09 ea 09 e9 95 02 81 02 95 06 81 01 c0'
const begin = '05 0b 09 05 a1 01 15 00 25 01 75 01'
const end = 'c0'

/** A volume wheel in front, then hook as a position and mute as a pulse in report 2, all lamps in report 2. */
export const oneReport = bytesOf(
  volumeKeys,
  begin,
  '85 02 09 20 09 97 95 02 81 22',
  '09 2f 09 21 09 24 95 03 81 06',
  '05 09 09 07 95 01 81 02 95 0a 81 01',
  '05 08 09 17 09 09 09 18 09 20 09 21 95 05 91 22',
  '05 0b 09 9e 95 01 91 22 95 0a 91 01',
  end,
)

/** Buttons in report 8 and 9, a report of its own for each lamp, one of them in a child collection. */
export const lampPerReport = bytesOf(
  begin,
  '85 08 09 2f 95 01 81 06 95 07 81 01',
  '85 09 95 03 81 01 09 20 95 01 81 22 09 26 81 06 95 03 81 01',
  '05 08 85 17 09 17 95 01 91 22 95 07 91 01',
  '85 18 09 18 95 01 91 22 95 07 91 01',
  '09 4b a1 02 85 19 09 09 95 01 91 22 95 07 91 01 c0',
  end,
)

/** No report ids; hook and mute declared alike, as positions with a preferred state: only watching tells which they are. */
export const undecided = bytesOf(
  begin,
  '09 20 09 2f 95 02 81 02 95 06 81 03',
  '05 08 09 09 09 17 09 18 95 03 91 02 95 05 91 03',
  end,
)

/** A desk telephone's handset: one slot that names the pressed key, from a range of usages; no lamps at all. */
export const keyArray = bytesOf('05 0b 09 01 a1 01 85 05 15 01 25 30 19 20 29 4f', '75 08 95 02 81 00 c0')

/** Only volume keys: nothing a telephone could use. */
export const volumeOnly = bytesOf(volumeKeys)
