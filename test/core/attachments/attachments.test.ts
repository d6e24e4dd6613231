// Which files may be added to a call.
import { expect, test } from 'vitest'
import {
  allowedType,
  chunkCount,
  plainName,
  sizeProblem,
  typeOf,
} from '../../../core/attachments/attachments.ts'
import { startingReference } from '../../../server/reference.ts'
import { aFile } from '../../makers/files.ts'

const { policy } = startingReference()
const text = (words: string) => new TextEncoder().encode(words)

test('[ATTACH-1] what a file is stands in its first bytes', () => {
  for (const type of ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const)
    expect(typeOf(aFile(40, 1, type))).toBe(type)
  for (const other of ['', '<html><script>', 'GIF89a', 'MZ', '<svg xmlns=', 'RIFF1234WAVE', '%PD'])
    expect(typeOf(text(other))).toBeNull()
  const only = { attachments: { types: ['application/pdf' as const], maxBytes: 9, maxPerCall: 1 } }
  expect(allowedType(aFile(40), only)).toBeNull()
  expect(allowedType(aFile(40, 1, 'application/pdf'), only)).toBe('application/pdf')
})

test('[ATTACH-1] [F56] the size alone decides, before anything is read', () => {
  const most = policy.attachments?.maxBytes ?? 0
  expect(sizeProblem(most, 0, policy)).toBeNull()
  expect(sizeProblem(most + 1, 0, policy)).toBe('tooLarge')
  expect(sizeProblem(0, 0, policy)).toBe('empty')
  expect(sizeProblem(1, policy.attachments?.maxPerCall ?? 0, policy)).toBe('tooMany')
  expect(sizeProblem(1, 0, {})).toBe('none')
  expect([1, 192 * 1024, 192 * 1024 + 1].map(chunkCount)).toEqual([1, 1, 2])
})

test('[ATTACH-1] a name holds no path and nothing that deceives', () => {
  expect(plainName('C:\\Users\\x\\合同.pdf')).toBe('合同.pdf')
  expect(plainName('../../etc/passwd')).toBe('passwd')
  expect(plainName('photo\u202egpj.exe\u0000')).toBe('photogpj.exe')
  expect(plainName('///')).toBe('file')
  expect(plainName(`${'长'.repeat(200)}.pdf`)).toMatch(/^长{48}…长{7}\.pdf$/)
})
