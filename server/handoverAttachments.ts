// One person's unsent attachments, handed in sealed by another: announced and filled as their owner's, chunk by chunk behind
// the records, exactly as when the owner's own seat sends them; who made one whole stands in the audit.
import { failed, type Answer } from '../contract/answer.ts'
import { AttachmentHead, chunkBytes, type AttachmentState } from '../contract/attachments.ts'
import type { HandoverChunk, HandoverFile, HandoverFileState } from '../contract/handover.ts'
import { chunkCount } from '../core/attachments/attachments.ts'
import type { Sealer } from '../core/seal/sealer.ts'
import { announceFor, fillFor, type AttachmentGround } from './attachments.ts'
import { addAudit } from './audit.ts'
import { callerOf, type Asking, type Handler } from './centre.ts'
import { jsonOf, ownerOf } from './handover.ts'
import { problems } from './problems.ts'

const shut = (): Answer<never> =>
  failed(
    'bad_input',
    '这个附件不是用这个工号的钥匙封的，或者坏了、不全，没有收；请留着原件，从原来的电脑上传。',
  )

/** `account` null: the command line. */
export interface FileCarrier {
  readonly account: string | null
  readonly address?: string
}

/** [HAND-3] */
const noted = async (
  { database, now }: AttachmentGround,
  { account, id }: { readonly account: string; readonly id: string },
  carrier: FileCarrier,
): Promise<void> =>
  addAudit(database, { at: now(), what: 'handover.attachment', subject: `${account} ${id}`, ...carrier })

const opened = async (sealer: Sealer, table: string, id: string, sealed: string): Promise<Buffer | null> => {
  const plain = await sealer.open(table, id, Uint8Array.from(Buffer.from(sealed, 'base64')))
  return plain === null ? null : Buffer.from(plain)
}

/** [HAND-2] */
export const beginFor = async (
  ground: AttachmentGround,
  sealer: Sealer,
  { account, id, head, chunks }: HandoverFile,
  carrier: FileCarrier,
): Promise<Answer<HandoverFileState>> => {
  const plain = await opened(sealer, 'attachments', id, head)
  if (plain === null) return shut()
  const { data: announced } = AttachmentHead.safeParse(jsonOf(plain.toString('utf8')))
  if (announced?.id !== id || chunkCount(announced.bytes) !== chunks) return shut()
  const begun = await announceFor(ground, announced, account)
  if (begun.ok && begun.value.whole && !begun.value.had) await noted(ground, { account, id }, carrier)
  return begun
}

/** [HAND-2] */
export const fillOn = async (
  ground: AttachmentGround,
  sealer: Sealer,
  { account, id, chunk, sealed }: HandoverChunk,
  carrier: FileCarrier,
): Promise<Answer<AttachmentState>> => {
  const plain = await opened(sealer, 'attachmentChunks', `${id}/${chunk}`, sealed)
  if (plain === null) return shut()
  const at = chunk * chunkBytes
  const filled = await fillFor(ground, { id, at, data: plain.toString('base64') }, account)
  if (filled.ok && filled.value.whole) await noted(ground, { account, id }, carrier)
  return filled
}

const carrierOf = (asking: Asking): FileCarrier => ({
  account: callerOf(asking).account.id,
  address: asking.address,
})

export const beginHandedFile: Handler<'handover.begin'> = async (input, asking, centre) => {
  const wait = centre.limits('upload', callerOf(asking).account.id)
  if (wait > 0) return problems.tooMany(wait)
  const owner = await ownerOf(centre.database, input.account, centre.now())
  return owner === null ? shut() : beginFor(centre, owner.sealer, input, carrierOf(asking))
}

export const takeHandedChunk: Handler<'handover.chunk'> = async (input, asking, centre) => {
  const wait = centre.limits('upload', callerOf(asking).account.id)
  if (wait > 0) return problems.tooMany(wait)
  const owner = await ownerOf(centre.database, input.account, centre.now())
  return owner === null ? shut() : fillOn(centre, owner.sealer, input, carrierOf(asking))
}
