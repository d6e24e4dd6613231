// From a file a person chose to an attachment on this disk, and from an attachment back to a file: [ATTACH-1], [ATTACH-5].
import { v7 } from 'uuid'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { AttachmentHead } from '../../contract/attachments.ts'
import { AttachmentId, type CallId } from '../../contract/ids.ts'
import {
  allowedType,
  plainName,
  sizeProblem,
  type AttachmentProblem,
} from '../../core/attachments/attachments.ts'
import { fromBase64, sha256Of } from '../adapters/base64.ts'
import { download } from '../adapters/download.ts'
import type { Workplace } from '../workplace.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Why it was not added, or 'added'. The file is not read when its size alone forbids it. */
export const addFile = async (
  { attachments, reference, clock }: Pick<Workplace, 'attachments' | 'reference' | 'clock'>,
  callId: CallId,
  file: File,
): Promise<'added' | AttachmentProblem | { readonly says: string }> => {
  const there = await attachments.of(callId)
  if (!there.ok) return { says: there.problem.text }
  const problem = sizeProblem(file.size, there.value.length, reference.policy)
  if (problem) return problem
  const content = new Uint8Array(await file.arrayBuffer())
  const type = allowedType(content, reference.policy)
  if (type === null) return 'unknownType'
  const head: AttachmentHead = {
    id: AttachmentId.parse(v7()),
    callId,
    name: plainName(file.name),
    type,
    bytes: content.length,
    sha256: await sha256Of(content),
    addedAt: clock.now(),
  }
  const answer = await attachments.add(head, content)
  return answer.ok ? 'added' : { says: answer.problem.text }
}

const fromCentre = async (
  { centre }: Pick<Workplace, 'centre'>,
  head: AttachmentHead,
): Promise<Answer<Bytes>> => {
  const whole = new Uint8Array(head.bytes)
  let at = 0
  for (let chunk = 0; at < head.bytes; chunk += 1) {
    const answer = await centre.call('attachments.read', { id: head.id, chunk })
    if (!answer.ok) return answer
    const data = fromBase64(answer.value.data)
    if (data.length === 0 || at + data.length > head.bytes) break
    whole.set(data, at)
    at += data.length
  }
  return (await sha256Of(whole)) === head.sha256
    ? done(whole)
    : failed('failed', '附件在路上坏了，没有打开，请再试一次')
}

/** From this disk when it is here, otherwise from the centre. */
export const saveFile = async (
  world: Pick<Workplace, 'attachments' | 'centre'>,
  head: AttachmentHead,
): Promise<Answer<null>> => {
  const here = await world.attachments.content(head.id)
  const content = here.ok && here.value ? done(here.value) : await fromCentre(world, head)
  if (!content.ok) return content
  download(head.name, content.value, head.type)
  return done(null)
}
