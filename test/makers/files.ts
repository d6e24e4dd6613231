// Made-up files with the first bytes of what they claim to be.
import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import type { AttachmentHead } from '../../contract/attachments.ts'
import { AttachmentId, type CallId } from '../../contract/ids.ts'

const starts = {
  'image/jpeg': [0xff, 0xd8, 0xff, 0xe0],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/webp': [0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50],
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
} as const

/** `seed` makes the content: the same one, the same bytes. */
export const aFile = (
  bytes: number,
  seed = 1,
  type: AttachmentHead['type'] = 'image/jpeg',
): Uint8Array<ArrayBuffer> => {
  const content = new Uint8Array(bytes)
  let state = seed
  for (let at = 0; at < bytes; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    content[at] = state >>> 24
  }
  content.set(starts[type].slice(0, bytes))
  return content
}

export const headOf = (
  callId: CallId,
  content: Uint8Array,
  over: Partial<AttachmentHead> = {},
): AttachmentHead => ({
  id: AttachmentId.parse(v7()),
  callId,
  name: '工资条 十月.jpg',
  type: 'image/jpeg',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  addedAt: Date.now(),
  ...over,
})
