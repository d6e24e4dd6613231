// Which edition of an article counts on which day.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeOf, dayAt, editionsOf, inForce, mergeEditions } from '../../../core/knowledge/edition.ts'
import { anArticle } from '../../makers/articles.ts'

const old = anArticle('A', { effectiveFrom: '2023-07-01' })
const now = anArticle('A', { effectiveFrom: '2024-07-01' })
const next = anArticle('A', { effectiveFrom: '2026-12-01' })
const ended = anArticle('B', { effectiveFrom: '2020-01-01', effectiveTo: '2026-11-30' })
const all = [next, old, ended, now]
const on = (day: string) => inForce(all, day).map(({ code, effectiveFrom }) => `${code} ${effectiveFrom}`)

test('[KNOW-1] the newest edition that has begun counts, earlier ones on their own days', () => {
  expect(on('2019-12-31')).toEqual([])
  expect(on('2024-06-30').sort()).toEqual(['A 2023-07-01', 'B 2020-01-01'])
  expect(on('2024-07-01').sort()).toEqual(['A 2024-07-01', 'B 2020-01-01'])
  expect(on('2026-11-30').sort()).toEqual(['A 2024-07-01', 'B 2020-01-01'])
  expect(on('2026-12-01')).toEqual(['A 2026-12-01'])
  expect(editionsOf(all, 'A')).toEqual([old, now, next])
})

test('[KNOW-1] an edition with a last day leaves a gap before the next one, and the gap has none', () => {
  const articles = [
    anArticle('C', { effectiveFrom: '2024-01-01', effectiveTo: '2024-03-31' }),
    anArticle('C', { effectiveFrom: '2024-06-01' }),
  ]
  expect(inForce(articles, '2024-03-31')).toEqual([articles[0]])
  expect(inForce(articles, '2024-05-01')).toEqual([])
  expect(inForce(articles, '2024-06-01')).toEqual([articles[1]])
})

const day = fc.integer({ min: 0, max: 3_000 }).map((n) => dayAt(n * 86_400_000 + 1.6e12))
const anyArticle = fc
  .tuple(fc.constantFrom('A', 'B', 'C'), day, fc.option(day))
  .map(([code, effectiveFrom, effectiveTo]) => anArticle(code, { effectiveFrom, effectiveTo }))

test('[KNOW-1] never two editions of one article on one day, never one outside its days', () => {
  fc.assert(
    fc.property(fc.array(anyArticle, { maxLength: 12 }), day, (articles, asked) => {
      const found = inForce(articles, asked)
      expect(new Set(found.map(({ code }) => code)).size).toBe(found.length)
      for (const { code, effectiveFrom, effectiveTo } of found) {
        expect(effectiveFrom <= asked && (effectiveTo === null || effectiveTo >= asked)).toBe(true)
        const later = articles.filter(
          (each) => each.code === code && each.effectiveFrom > effectiveFrom && each.effectiveFrom <= asked,
        )
        expect(later).toEqual([])
      }
    }),
  )
})

test('[KNOW-2] what has just changed, ends soon or is announced is said', () => {
  expect(changeOf(all, now, '2026-11-26')).toEqual({ is: 'coming', from: '2026-12-01' })
  expect(changeOf([old, now], now, '2024-07-30')).toEqual({ is: 'new', from: '2024-07-01' })
  expect(changeOf([old, now], now, '2024-08-01')).toBeNull()
  expect(changeOf(all, ended, '2026-10-30')).toBeNull()
  expect(changeOf(all, ended, '2026-10-31')).toEqual({ is: 'ending', last: '2026-11-30' })
  // The first edition of all is no change: nobody knew another one.
  expect(changeOf([old], old, '2023-07-02')).toBeNull()
})

test('[KNOW-8] an edition told again takes the place of the one known under its name', () => {
  const corrected = { ...now, plain: '改过的话' }
  expect(mergeEditions([old, now], [corrected, next])).toEqual([old, corrected, next])
})

test('the hotline lives by Beijing time', () => {
  expect(dayAt(Date.parse('2026-11-26T15:59:59Z'))).toBe('2026-11-26')
  expect(dayAt(Date.parse('2026-11-26T16:00:00Z'))).toBe('2026-11-27')
})
