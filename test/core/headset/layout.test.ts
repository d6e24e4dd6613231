// Buttons and lamps in descriptors of every shape on the market, and in nonsense.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Collection } from '../../../core/headset/layout.ts'
import { isOn, layoutOf, outputOf } from '../../../core/headset/layout.ts'
import {
  collectionsOf,
  keyArray,
  lampPerReport,
  oneReport,
  undecided,
  volumeOnly,
} from '../../makers/headsets.ts'

const read = (descriptor: readonly number[]) => {
  const layout = layoutOf(collectionsOf(descriptor))
  if (!layout) throw new Error('no headset in this descriptor')
  return layout
}
const pressedIn = (descriptor: readonly number[], reportId: number, ...bytes: number[]) =>
  read(descriptor)
    .buttons.filter((place) => isOn(place, reportId, Uint8Array.from(bytes)) === true)
    .map(({ button }) => button)

describe('where buttons lie', () => {
  test('[HEAD-1] in one report with paddings and other usages between them', () => {
    expect(read(oneReport).buttons.map(({ button, kind, bit }) => [button, kind, bit])).toEqual([
      ['hook', 'switch', 0],
      ['mute', 'pulse', 2],
      ['hold', 'pulse', 3],
      ['reject', 'either', 5],
    ])
    expect(pressedIn(oneReport, 2, 0b0000_0001, 0)).toEqual(['hook'])
    expect(pressedIn(oneReport, 2, 0b0010_0110, 0)).toEqual(['mute', 'reject'])
    expect(pressedIn(oneReport, 1, 0xff, 0xff)).toEqual([])
  })

  test('[HEAD-1] in reports of their own, and without report ids', () => {
    expect(pressedIn(lampPerReport, 8, 0b1)).toEqual(['mute'])
    expect(pressedIn(lampPerReport, 9, 0b0001_1000)).toEqual(['hook', 'reject'])
    expect(pressedIn(undecided, 0, 0b11)).toEqual(['hook', 'mute'])
    expect(read(undecided).buttons.map(({ kind }) => kind)).toEqual(['either', 'either'])
  })

  test('[HEAD-1] in an array that names the pressed key, in whichever slot', () => {
    expect(pressedIn(keyArray, 5, 1, 0)).toEqual(['hook'])
    expect(pressedIn(keyArray, 5, 0, 16)).toEqual(['mute'])
    expect(pressedIn(keyArray, 5, 7, 1).toSorted()).toEqual(['hook', 'reject'])
    expect(pressedIn(keyArray, 5, 0, 0)).toEqual([])
  })

  test('[HEAD-1] what has neither hook nor mute is no headset, and a short report presses nothing', () => {
    expect(layoutOf(collectionsOf(volumeOnly))).toBeNull()
    expect(layoutOf([])).toBeNull()
    const [hook] = read(lampPerReport).buttons.filter(({ button }) => button === 'hook')
    expect(hook && isOn(hook, 9, new Uint8Array(0))).toBeNull()
  })
})

describe('where lamps lie', () => {
  test('[HEAD-1] [HEAD-4] lamps of one report are told together, lamp by lamp where each has its own', () => {
    const one = read(oneReport)
    expect([...one.outputs]).toEqual([[2, 2]])
    expect([...outputOf(one, 2, ['offHook', 'mute'])]).toEqual([0b0000_0011, 0])
    expect([...outputOf(one, 2, ['ring'])]).toEqual([0b0010_0100, 0])
    const many = read(lampPerReport)
    expect([...many.outputs]).toEqual([
      [0x17, 1],
      [0x18, 1],
      [0x19, 1],
    ])
    expect([...outputOf(many, 0x19, ['mute', 'ring'])]).toEqual([1])
    expect([...read(keyArray).outputs]).toEqual([])
  })
})

describe('a descriptor that says anything', () => {
  const number = fc.integer({ min: -5, max: 0x0b_0030 })
  const usage = fc.constantFrom(0x0b_0020, 0x0b_002f, 0x08_0017, 0x08_0009, 0x0b_0007, 0)
  const item = fc.record(
    {
      isAbsolute: fc.boolean(),
      isArray: fc.boolean(),
      isConstant: fc.boolean(),
      isRange: fc.boolean(),
      hasPreferredState: fc.boolean(),
      usages: fc.array(usage, { maxLength: 5 }),
      usageMinimum: fc.oneof(number, usage),
      usageMaximum: fc.oneof(number, usage),
      logicalMinimum: fc.integer({ min: -3, max: 3 }),
      reportSize: fc.integer({ min: -1, max: 40 }),
      reportCount: fc.oneof(fc.integer({ min: -1, max: 40 }), fc.constant(2 ** 31)),
    },
    {
      requiredKeys: [
        'isAbsolute',
        'isArray',
        'isConstant',
        'isRange',
        'hasPreferredState',
        'logicalMinimum',
        'reportSize',
        'reportCount',
      ],
    },
  )
  const reports = fc.array(
    fc.record({ reportId: fc.integer({ min: 0, max: 3 }), items: fc.array(item, { maxLength: 4 }) }),
    { maxLength: 3 },
  )
  const collections: fc.Arbitrary<Collection[]> = fc.array(
    fc.record({
      usagePage: fc.constantFrom(0x0b, 0x0c),
      usage: fc.constant(5),
      inputReports: reports,
      outputReports: reports,
    }),
    { maxLength: 3 },
  )

  test('[HEAD-1] never throws, never reads or writes outside a report', () => {
    fc.assert(
      fc.property(collections, fc.uint8Array({ maxLength: 8 }), (all, bytes) => {
        const layout = layoutOf(all)
        if (!layout) return
        for (const place of layout.buttons) for (let id = 0; id < 4; id += 1) isOn(place, id, bytes)
        for (const [id, length] of layout.outputs) {
          expect(length).toBeLessThanOrEqual(64)
          expect(outputOf(layout, id, ['ring', 'mute', 'hold', 'offHook']).length).toBe(length)
        }
      }),
    )
  })
})
