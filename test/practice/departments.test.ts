// The departments a newcomer can choose from are the ones the exchange's directory knows.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Reference } from '../../contract/reference.ts'
import { loadCast } from '../../practice/voices.ts'
import { practiceReference, startingReference } from '../../server/reference.ts'

const phones = ({ departments }: Reference) =>
  departments.flatMap(({ phone }) => (phone === null ? [] : [phone]))

test('[PRACTICE-14] every department with a number in practice is in the directory; a real centre starts without extensions', () => {
  const { directory } = loadCast(join(import.meta.dirname, '../../assets/voices'))
  const isKnown = (phone: string) => directory.some(({ number }) => new RegExp(`^(?:${number})$`).test(phone))
  expect(phones(practiceReference()).filter((phone) => !isKnown(phone))).toEqual([])
  const more = phones(practiceReference()).filter((phone) => !phones(startingReference()).includes(phone))
  expect(more.toSorted()).toEqual(['6001', '6002', '6003', '6006', '6009', '6010'])
})
