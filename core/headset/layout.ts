// Where a headset keeps its buttons and lamps, read from the report descriptor as WebHID tells it: HID Usage Tables,
// page 0x0B (telephony), 0x08 (LEDs) and 0x09 (buttons). Knows no maker. Law: docs/rules/headset.md

/** The part of WebHID's HIDReportItem that says where a usage lies. */
export type ReportItem = {
  readonly isAbsolute: boolean
  readonly isArray: boolean
  readonly isConstant: boolean
  readonly isRange: boolean
  readonly hasPreferredState: boolean
  readonly usages?: readonly number[]
  readonly usageMinimum?: number
  readonly usageMaximum?: number
  readonly logicalMinimum: number
  readonly reportSize: number
  readonly reportCount: number
}

export type Report = { readonly reportId: number; readonly items: readonly ReportItem[] }

/** A top-level collection. Chromium lists every item of its children in its own reports too, in order. */
export type Collection = {
  readonly usagePage: number
  readonly usage: number
  readonly inputReports: readonly Report[]
  readonly outputReports: readonly Report[]
}

export const telephonyPage = 0x0b

const buttonUsages = {
  hook: [0x0b_0020],
  mute: [0x0b_002f],
  /** Drop; on many headsets a programmable button, or button 7, means "not now". */
  reject: [0x0b_0026, 0x0b_0007, 0x09_0007],
  /** Flash and hold. */
  hold: [0x0b_0021, 0x0b_0023],
} as const

const lampUsages = {
  mute: [0x08_0009],
  offHook: [0x08_0017],
  /** The LED, and the headset's own ringer. */
  ring: [0x08_0018, 0x0b_009e],
  hold: [0x08_0020],
} as const

export type Button = keyof typeof buttonUsages
export type Lamp = keyof typeof lampUsages

/**
 * switch: the bit is a position; pulse: each new 1 is a press; either: declared in the way both kinds are, so it has to
 * be watched (core/headset/headset.ts).
 */
export type ButtonKind = 'switch' | 'pulse' | 'either'

export type ButtonPlace = {
  readonly button: Button
  readonly kind: ButtonKind
  readonly reportId: number
  readonly bit: number
  readonly size: number
  /** In an array: how many slots, and the value that means this button. */
  readonly array: { readonly slots: number; readonly value: number } | null
}

export type LampPlace = { readonly lamp: Lamp; readonly reportId: number; readonly bit: number }

export type HeadsetLayout = {
  readonly buttons: readonly ButtonPlace[]
  readonly lamps: readonly LampPlace[]
  /** Length of each output report that holds a lamp. */
  readonly outputs: ReadonlyMap<number, number>
}

/** Reports longer than this are no headset's; a descriptor may say anything. */
const mostBits = 8 * 64

const named = <N extends string>(table: Readonly<Record<N, readonly number[]>>, usage: number): N | null => {
  for (const name in table) if (table[name].includes(usage)) return name
  return null
}

/** The usage of the nth field of a variable item; null: it has none. */
const usageAt = (item: ReportItem, at: number): number | null => {
  if (item.isRange) {
    const usage = (item.usageMinimum ?? 0) + at
    return usage <= (item.usageMaximum ?? -1) ? usage : null
  }
  const { usages = [] } = item
  return usages[at] ?? usages.at(-1) ?? null
}

const kindOf = (item: ReportItem): ButtonKind =>
  item.isArray || !item.isAbsolute ? 'pulse' : item.hasPreferredState ? 'either' : 'switch'

type Walked = { readonly item: ReportItem; readonly reportId: number; readonly bit: number }

const walk = (report: Report): { readonly items: readonly Walked[]; readonly bits: number } => {
  let bits = 0
  const items: Walked[] = []
  for (const item of report.items) {
    items.push({ item, reportId: report.reportId, bit: bits })
    bits += Math.max(0, item.reportSize) * Math.max(0, item.reportCount)
    if (!(bits <= mostBits)) return { items: [], bits: 0 }
  }
  return { items: items.filter((each) => !each.item.isConstant), bits }
}

const buttonsIn = ({ item, reportId, bit }: Walked): ButtonPlace[] => {
  const kind = kindOf(item)
  const size = item.reportSize
  if (size < 1 || size > 32) return []
  if (!item.isArray)
    return Array.from({ length: item.reportCount }, (_each, at) => at).flatMap((at) => {
      const usage = usageAt(item, at)
      const button = usage === null ? null : named(buttonUsages, usage)
      return button === null ? [] : [{ button, kind, reportId, bit: bit + at * size, size, array: null }]
    })
  // An array names what is pressed by its place in the list of usages.
  const list = item.isRange
    ? Object.values(buttonUsages).flatMap((usages) => usages.map((usage) => usage - (item.usageMinimum ?? 0)))
    : (item.usages ?? []).map((_usage, at) => at)
  return list.flatMap((at) => {
    const usage = item.isRange ? usageAt(item, at) : (item.usages?.[at] ?? null)
    const button = at < 0 || usage === null ? null : named(buttonUsages, usage)
    const array = { slots: item.reportCount, value: item.logicalMinimum + at }
    return button === null ? [] : [{ button, kind, reportId, bit, size, array }]
  })
}

const lampsIn = ({ item, reportId, bit }: Walked): LampPlace[] =>
  item.isArray || item.reportSize !== 1
    ? []
    : Array.from({ length: item.reportCount }, (_each, at) => at).flatMap((at) => {
        const usage = usageAt(item, at)
        const lamp = usage === null ? null : named(lampUsages, usage)
        return lamp === null ? [] : [{ lamp, reportId, bit: bit + at }]
      })

/** null: nothing a telephone could use, neither a hook switch nor a mute button. */
export const layoutOf = (collections: readonly Collection[]): HeadsetLayout | null => {
  const telephony = collections.filter((each) => each.usagePage === telephonyPage)
  const inputs = telephony.flatMap((each) => each.inputReports).map(walk)
  const outputs = telephony
    .flatMap((each) => each.outputReports)
    .map((report) => ({ reportId: report.reportId, ...walk(report) }))
  const buttons = inputs.flatMap(({ items }) => items.flatMap(buttonsIn))
  if (!buttons.some(({ button }) => button === 'hook' || button === 'mute')) return null
  const lamps = outputs.flatMap(({ items }) => items.flatMap(lampsIn))
  const lit = outputs.filter(({ reportId }) => lamps.some((lamp) => lamp.reportId === reportId))
  return {
    buttons,
    lamps,
    outputs: new Map(lit.map(({ reportId, bits }) => [reportId, Math.ceil(bits / 8)])),
  }
}

const valueAt = (bytes: Uint8Array, bit: number, size: number): number | null => {
  if (bit + size > bytes.length * 8) return null
  let value = 0
  for (let at = 0; at < size; at += 1) {
    const from = bit + at
    const byte = bytes[Math.floor(from / 8)] ?? 0
    if (Math.floor(byte / 2 ** (from % 8)) % 2 === 1) value += 2 ** at
  }
  return value
}

/** Is this button on in this report? null: the report does not say. */
export const isOn = (place: ButtonPlace, reportId: number, bytes: Uint8Array): boolean | null => {
  if (place.reportId !== reportId) return null
  if (place.array === null) {
    const value = valueAt(bytes, place.bit, place.size)
    return value === null ? null : value !== 0
  }
  let said = false
  for (let slot = 0; slot < place.array.slots; slot += 1) {
    const value = valueAt(bytes, place.bit + slot * place.size, place.size)
    if (value === place.array.value) return true
    said ||= value !== null
  }
  return said ? false : null
}

/** The output report with these lamps lit. */
export const outputOf = (layout: HeadsetLayout, reportId: number, lit: readonly Lamp[]): Uint8Array => {
  const bytes = new Uint8Array(layout.outputs.get(reportId) ?? 0)
  for (const lamp of layout.lamps) {
    if (lamp.reportId !== reportId || !lit.includes(lamp.lamp)) continue
    const at = Math.floor(lamp.bit / 8)
    bytes[at] = (bytes[at] ?? 0) + 2 ** (lamp.bit % 8)
  }
  return bytes
}
