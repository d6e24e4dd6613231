// The favourites of a seat.
import { expect, test } from 'vitest'
import { keptFavourites } from '../../../renderer/adapters/favourites.ts'

const memory = (kept: Record<string, string> = {}) => ({
  kept,
  getItem: (key: string) => kept[key] ?? null,
  setItem: (key: string, value: string) => void (kept[key] = value),
})

test('[DIAL-15] what was starred is there next time, for this person only, as codes', () => {
  const storage = memory()
  const mine = keptFavourites(storage, '1001')
  expect(mine.toggle('FLFW')).toEqual(['FLFW'])
  expect(mine.toggle('W12333')).toEqual(['FLFW', 'W12333'])
  expect(mine.toggle('FLFW')).toEqual(['W12333'])
  expect(keptFavourites(storage, '1001').read()).toEqual(['W12333'])
  expect(keptFavourites(storage, '1002').read()).toEqual([])
  expect(storage.kept).toEqual({ 'favourites.1001': '["W12333"]' })
})

test('[DIAL-15] rubbish in the store, or a store that refuses, costs only the stars', () => {
  for (const text of ['{', 'null', '7', '[1,null,"FLFW"]']) {
    const read = keptFavourites(memory({ 'favourites.1001': text }), '1001').read()
    expect(read).toEqual(text.startsWith('[') ? ['FLFW'] : [])
  }
  const refusing = {
    getItem: () => {
      throw new Error('denied')
    },
    setItem: () => {
      throw new Error('denied')
    },
  }
  const mine = keptFavourites(refusing, '1001')
  expect(mine.toggle('FLFW')).toEqual(['FLFW'])
  expect(mine.read()).toEqual(['FLFW'])
})
