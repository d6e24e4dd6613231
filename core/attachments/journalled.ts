// [ATTACH-7] Under which keys a file that is not sent yet lies in the second journal of its own: its head, then its chunks.
import { AttachmentId } from '../../contract/ids.ts'

const headTable = 'head:'
export const headKey = (id: AttachmentId): string => `${headTable}${id}`
export const chunkKey = (id: AttachmentId, chunk: number): string => `chunk:${id}/${chunk}`

/** The files among these pieces, each with its chunks from the first on to the first that is missing. */
export const filesIn = <Piece extends { readonly key: string }>(
  pieces: readonly Piece[],
): { readonly id: AttachmentId; readonly head: Piece; readonly chunks: readonly Piece[] }[] => {
  const byKey = new Map(pieces.map((piece) => [piece.key, piece]))
  return pieces.flatMap((head) => {
    if (!head.key.startsWith(headTable)) return []
    const { data: id } = AttachmentId.safeParse(head.key.slice(headTable.length))
    if (id === undefined) return []
    const chunks: Piece[] = []
    for (let next = byKey.get(chunkKey(id, 0)); next; next = byKey.get(chunkKey(id, chunks.length)))
      chunks.push(next)
    return [{ id, head, chunks }]
  })
}
