// Which files may be added to a call, and in which chunks they travel. Law: docs/rules/attachments.md.
import { chunkBytes, type AttachmentType } from '../../contract/attachments.ts'
import type { Problem } from '../../contract/answer.ts'
import type { Policy } from '../../contract/reference.ts'

const starts: readonly [AttachmentType, readonly (number | null)[]][] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
]

/** [ATTACH-1] What the content is by its first bytes; null: nothing we know. */
export const typeOf = (content: Uint8Array): AttachmentType | null =>
  starts.find(([, start]) => start.every((byte, at) => byte === null || content[at] === byte))?.[0] ?? null

export type AttachmentProblem = 'none' | 'empty' | 'tooLarge' | 'tooMany' | 'unknownType'

/** [ATTACH-1] May it be added? Asked with the size alone before anything is read. `count`: those the call has. */
export const sizeProblem = (
  bytes: number,
  count: number,
  { attachments }: Pick<Policy, 'attachments'>,
): AttachmentProblem | null => {
  if (!attachments) return 'none'
  if (bytes === 0) return 'empty'
  if (bytes > attachments.maxBytes) return 'tooLarge'
  return count >= attachments.maxPerCall ? 'tooMany' : null
}

/** [ATTACH-1] The type if the policy takes it. */
export const allowedType = (
  content: Uint8Array,
  { attachments }: Pick<Policy, 'attachments'>,
): AttachmentType | null => {
  const type = typeOf(content)
  return type !== null && attachments?.types.includes(type) ? type : null
}

/** What the centre says of a file it will never take; */
export const neverTaken: ReadonlySet<Problem['code']> = new Set(['bad_input', 'too_large', 'conflict'])
/**
 * and of one it does not take now, and may well take the next; what an account may not do now it may another day. With
 * anything else nothing gets through: busy, it could not store the next one either.
 */
export const notNow: ReadonlySet<Problem['code']> = new Set(['not_found', 'forbidden'])

export const chunkCount = (bytes: number): number => Math.ceil(bytes / chunkBytes)

/** A name that can stand in a list and in a folder: no path, no control or direction characters, its end kept. */
export const plainName = (name: string): string => {
  const bare = (name.split(/[/\\]/).at(-1) ?? '')
    .replaceAll(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069<>:"|?*]/gu, '')
    .trim()
  const letters = Array.from(bare)
  const short = letters.length <= 60 ? letters : [...letters.slice(0, 48), '…', ...letters.slice(-11)]
  return short.join('') || 'file'
}
