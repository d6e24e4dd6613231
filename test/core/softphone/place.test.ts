// Where a number is from. All numbers are made up.
import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { placeOf, placesOf, withPlace } from '../../../core/softphone/place.ts'
import { callOf } from '../../../core/softphone/lines.ts'
import { startingReference } from '../../../server/reference.ts'
import { anOffer, aReadySeat, play } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const places = placesOf(startingReference())

test.each([
  ['01065550000', '北京'],
  ['010-6555 0000', '北京'],
  ['65550000', '北京'],
  ['+86 311 5555000', '河北石家庄'],
  ['0086 0311 55550000', '河北石家庄'],
  ['8657185550000', '浙江杭州'],
  ['0898 65550000', '海南'],
  ['０２８　８５５５００００', '四川成都、眉山、资阳'],
])('[PRIV-3] the landline %s is from %s', (number, place) => {
  expect(placeOf(number, places)).toBe(place)
})

test.each([
  ['13800008000'],
  ['013800008000'],
  ['+8613800008000'],
  ['12333'],
  ['1002'],
  ['4008005555'],
  ['02012351'],
  ['0010655500'],
  ['+85255550000'],
  ['06005555000'],
  [''],
])('[PRIV-3] of %s nothing is said', (number) => {
  expect(placeOf(number, places)).toBeNull()
})

test('[PRIV-3] every area code of the table has its place, none twice, and a code of another country never matches', () => {
  const table = Object.entries(places.areaCodes)
  expect(table.length).toBeGreaterThan(320)
  for (const [code, place] of table) {
    expect(code).toMatch(/^0(10|2[0-9]|[3-9]\d\d)$/)
    expect(place).toMatch(/^[\u4e00-\u9fff、]{2,12}$/)
    expect(placeOf(`${code}65550000`, places)).toBe(place)
  }
  expect(() =>
    assert(
      property(
        string(),
        (text) =>
          placeOf(text, places) === null || /\d{7}/.test(text.normalize('NFKC').replaceAll(/\D/g, '')),
      ),
    ),
  ).not.toThrow()
})

test("[PRIV-3] the exchange has the first word, and after a transfer the place is the new side's", () => {
  const offered = {
    type: 'offered',
    call: anOffer(1, { number: '01065550000', place: '北京市朝阳区' }),
    ...at(0),
  } as const
  const silent = {
    type: 'offered',
    call: anOffer(2, { number: '01065550000', place: null }),
    ...at(0),
  } as const
  expect(withPlace(offered, places)).toEqual(offered)
  expect(withPlace(silent, places)).toMatchObject({ call: { place: '北京' } })
  const changed = {
    type: 'otherSideChanged',
    callId: callId(1),
    number: '03115555000',
    name: null,
    internal: false,
    ...at(3),
  } as const
  const { state } = play(
    [
      withPlace(offered, places),
      { type: 'answerPressed', callId: callId(1), ...at(1) },
      { type: 'connected', callId: callId(1), ...at(2) },
      withPlace(changed, places),
    ],
    aReadySeat(),
  )
  expect(callOf(state, callId(1))).toMatchObject({ number: '03115555000', place: '河北石家庄' })
})

test('[PRIV-3] reference data from before there was a table says nothing', () => {
  const { areaCodes: _, ...old } = startingReference()
  expect(placeOf('01065550000', placesOf(old))).toBeNull()
})
