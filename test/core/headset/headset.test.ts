// What a press means: event lists for the kinds of buttons on the market, and a device that behaves like each of them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Headset, HeadsetEffect, Shown } from '../../../core/headset/headset.ts'
import { newHeadset, nothingShown, springMs, stepHeadset } from '../../../core/headset/headset.ts'
import { layoutOf } from '../../../core/headset/layout.ts'
import { collectionsOf, keyArray, lampPerReport, oneReport, undecided } from '../../makers/headsets.ts'

const ringing: Shown = { ...nothingShown, ring: true }
const talking: Shown = { ...nothingShown, talks: true, offHook: true }
const muted: Shown = { ...talking, mute: true }
const second: Shown = { ...talking, ring: true }

/** A headset of this shape; what it did so far is read and forgotten with `did`. */
const plugged = (descriptor: readonly number[], shown: Shown = nothingShown) => {
  const layout = layoutOf(collectionsOf(descriptor))
  if (!layout) throw new Error('no headset in this descriptor')
  let tick = 0
  let headset: Headset
  let effects: HeadsetEffect[]
  ;[headset, effects] = newHeadset(layout, shown)
  const move = (event: Parameters<typeof stepHeadset>[1]) => {
    const [next, more] = stepHeadset(headset, event)
    headset = next
    effects.push(...more)
  }
  const told = (effect: HeadsetEffect) =>
    effect.do === 'run' ? effect.command : `${effect.reportId}:${[...effect.bytes].join(' ')}`
  return {
    report(reportId: number, byte: number, after = 10) {
      tick += after
      move({ type: 'reported', reportId, bytes: Uint8Array.from([byte, 0, 0]), tick })
    },
    show: (next: Shown) => move({ type: 'callsChanged', shown: next }),
    did() {
      const said = effects.map(told)
      effects = []
      return said
    },
  }
}

describe('a hook that is a position', () => {
  test('[HEAD-2] [HEAD-4] it answers a ring; the ring light goes out before the line opens', () => {
    const headset = plugged(lampPerReport)
    expect(headset.did()).toEqual(['23:0', '24:0', '25:0'])
    headset.show(ringing)
    expect(headset.did()).toEqual(['24:1'])
    headset.report(9, 0b0000_1000)
    expect(headset.did()).toEqual(['answer'])
    headset.show(talking)
    expect(headset.did()).toEqual(['24:0', '23:1'])
    headset.show(talking)
    expect(headset.did()).toEqual([])
  })

  test('[HEAD-5] what it repeats of what it was told is no press', () => {
    const headset = plugged(lampPerReport, talking)
    headset.did()
    headset.report(9, 0b0000_1000)
    headset.report(9, 0b0000_1000)
    headset.show(nothingShown)
    headset.did()
    headset.report(9, 0)
    expect(headset.did()).toEqual([])
  })

  test('[HEAD-2] [HEAD-5] put on hook with a call in hand it is told the line stays open, and the guard is asked', () => {
    const headset = plugged(lampPerReport, talking)
    headset.report(9, 0b0000_1000)
    headset.did()
    headset.report(9, 0)
    expect(headset.did()).toEqual(['23:1', 'hangUp'])
  })

  test('[HEAD-2] beside a call in hand it answers the second one, whichever way it goes', () => {
    const headset = plugged(lampPerReport, talking)
    headset.report(9, 0b0000_1000)
    headset.show(second)
    headset.did()
    headset.report(9, 0)
    expect(headset.did()).toEqual(['23:1', 'answer'])
  })

  test('[HEAD-5] taken up while nothing rings, it is told that nobody is there', () => {
    const headset = plugged(oneReport)
    headset.did()
    headset.report(2, 0b1)
    expect(headset.did()).toEqual(['2:0 0'])
  })
})

describe('buttons that spring back', () => {
  test('[HEAD-3] [HEAD-6] mute as a pulse is pressed once for each new 1', () => {
    const headset = plugged(oneReport, talking)
    headset.report(2, 0b0000_0001)
    headset.did()
    headset.report(2, 0b0000_0101)
    headset.report(2, 0b0000_0101)
    headset.show(muted)
    headset.report(2, 0b0000_0001)
    expect(headset.did()).toEqual(['mute', '2:3 0'])
    headset.report(2, 0b0000_0101)
    expect(headset.did()).toEqual(['mute'])
  })

  test('[HEAD-2] [HEAD-8] reject rejects a ring, asks about a call in hand, and does nothing else', () => {
    const headset = plugged(lampPerReport, ringing)
    headset.did()
    headset.report(9, 0b0001_0000)
    headset.report(9, 0)
    headset.show(talking)
    headset.did()
    headset.report(9, 0b0001_1000)
    expect(headset.did()).toEqual(['hangUp'])
    headset.show(nothingShown)
    headset.did()
    headset.report(9, 0)
    headset.report(9, 0b0001_0000)
    expect(headset.did()).toEqual([])
  })

  test('[HEAD-1] [HEAD-2] a key array answers and mutes without a single lamp', () => {
    const headset = plugged(keyArray, ringing)
    headset.report(5, 1)
    headset.report(5, 0)
    headset.show(talking)
    headset.report(5, 16)
    headset.report(5, 0)
    headset.report(5, 1)
    expect(headset.did()).toEqual(['answer', 'mute', 'hangUp'])
  })
})

describe('buttons whose descriptor does not tell', () => {
  test('[HEAD-6] one that springs back answers, mutes and asks once per press', () => {
    const headset = plugged(undecided, ringing)
    headset.report(0, 0b01)
    headset.report(0, 0)
    headset.show(talking)
    headset.report(0, 0b10, 5000)
    headset.show(muted)
    headset.report(0, 0, 200)
    headset.report(0, 0b10, 5000)
    headset.show(talking)
    headset.report(0, 0, 200)
    headset.report(0, 0b01, 5000)
    headset.report(0, 0, 200)
    const commands = headset.did().filter((said) => !said.includes(':'))
    expect(commands).toEqual(['answer', 'mute', 'mute', 'hangUp'])
  })

  test('[HEAD-6] one that stays where it is put is a position', () => {
    const headset = plugged(undecided, ringing)
    headset.report(0, 0b01)
    headset.show(talking)
    headset.report(0, 0b11, 5000)
    headset.show(muted)
    headset.report(0, 0b01, springMs)
    headset.show(talking)
    headset.report(0, 0b00, 5000)
    const commands = headset.did().filter((said) => !said.includes(':'))
    expect(commands).toEqual(['answer', 'mute', 'mute', 'hangUp'])
  })
})

describe('whatever is pressed in whatever order', () => {
  const acts = fc.array(fc.constantFrom('hook', 'mute', 'ring', 'gone', 'theyHangUp', 'key'), {
    maxLength: 40,
  })

  test('[HEAD-2] [HEAD-3] [HEAD-5] headset and calls agree in the end, nothing is answered that does not ring, nothing ended unasked', () => {
    fc.assert(
      fc.property(acts, (list) => {
        // A headset with a hook that is a position and a mute that is a pulse: it obeys its lamps and reports changes.
        const headset = plugged(lampPerReport)
        let [hook, line, shown] = [false, false, nothingShown]
        let asked = 0
        const change = (next: Shown) => {
          shown = next
          headset.show(next)
        }
        const settle = () => {
          for (let said = headset.did(); said.length > 0; said = headset.did())
            for (const word of said) {
              if (word === 'answer') {
                expect(shown.ring).toBe(true)
                change(talking)
              } else if (word === 'hangUp') {
                expect(shown.offHook && !shown.ring).toBe(true)
                asked += 1
              } else if (word === 'mute') {
                expect(shown.talks).toBe(true)
                change({ ...shown, mute: !shown.mute })
              } else if (word.startsWith('23:')) {
                line = word === '23:1'
                if (hook !== line) {
                  hook = line
                  headset.report(9, hook ? 0b1000 : 0)
                }
              }
            }
        }
        settle()
        for (const act of list) {
          const inHand = shown.offHook
          if (act === 'hook') {
            hook = !hook
            headset.report(9, hook ? 0b1000 : 0)
          }
          if (act === 'mute') for (const bit of [1, 0]) headset.report(8, bit)
          if (act === 'ring') change({ ...shown, ring: true })
          if (act === 'gone') change({ ...shown, ring: false })
          if (act === 'theyHangUp') change({ ...nothingShown, ring: shown.ring })
          if (act === 'key' && shown.ring) change(talking)
          const before = asked
          settle()
          if (asked > before) expect([act, inHand]).toEqual(['hook', true])
          expect([hook, line]).toEqual([shown.offHook, shown.offHook])
        }
      }),
    )
  })
})
