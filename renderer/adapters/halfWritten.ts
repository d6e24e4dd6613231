// What somebody has half written on a page, a reply, a decision, an order, survives another page and a reload of this
// window. It leaves with the window: a shared computer keeps nothing. It is sealed like everything else a seat writes
// down: browsers keep a window's storage in a file.
import type { z } from 'zod'
import type { Sealer } from '../../core/seal/sealer.ts'
import { fromBase64, toBase64 } from './base64.ts'

/** What is written where: one kind for each place that has a field. */
export type Kind<T> = {
  readonly name: string
  readonly shape: z.ZodType<T>
  readonly empty: T
}

export type HalfWritten = {
  /** Of this work order or event; empty when there is none, or another person wrote it. */
  read<T>(kind: Kind<T>, id: string): Promise<T>
  /** The empty one is forgotten. */
  keep<T>(kind: Kind<T>, id: string, draft: T): Promise<void>
}

export const halfWritten = (
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  account: string,
  sealer: Sealer,
): HalfWritten => {
  const keyOf = (name: string, id: string): string => `${name}.${account}.${id}`
  /** One after another, so that the last word stays and whoever comes back at once reads it. */
  let kept = Promise.resolve()
  return {
    async read({ name, shape, empty }, id) {
      await kept
      try {
        const plain = await sealer.open(name, id, fromBase64(storage.getItem(keyOf(name, id)) ?? ''))
        return plain ? shape.parse(JSON.parse(new TextDecoder().decode(plain))) : empty
      } catch {
        return empty
      }
    },
    keep({ name, empty }, id, draft) {
      const text = JSON.stringify(draft)
      const write = async () => {
        if (text === JSON.stringify(empty)) return storage.removeItem(keyOf(name, id))
        storage.setItem(
          keyOf(name, id),
          toBase64(await sealer.seal(name, id, new TextEncoder().encode(text))),
        )
      }
      // A browser that keeps nothing only costs the draft.
      kept = kept.then(write).catch(() => undefined)
      return kept
    },
  }
}
