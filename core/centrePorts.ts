// What core needs of the centre, and of where its word is kept for the time without it, as core/ports.ts has the rest.
import type { Answer } from '../contract/answer.ts'
import type { PullAnswer, PullRequest, PushAnswer } from '../contract/sync.ts'

/** A page as this program read it. */
export type PulledPage = PullAnswer & {
  /** Calls, work orders and warnings on it that only a newer program can read: they are not in the lists. */
  readonly unread?: number
}

/** What came from the centre, kept for the time without it. */
export interface Mirror {
  /** Where the next pull goes on. `reference`: newest version seen, -1 none. `epoch` null: nothing pulled yet. */
  cursor(): Promise<Answer<MirrorCursor>>
  /**
   * Stores one pulled page and its cursor in one transaction. Own newer unsent work is never overwritten. Once a page had
   * something unread, a program that speaks a later protocol begins anew.
   */
  take(page: PulledPage): Promise<Answer<null>>
  /** Tells when a page brought something: calls, work orders, reference data. */
  listen(listener: () => void): () => void
}

export type MirrorCursor = {
  readonly cursor: number
  readonly reference: number
  readonly epoch: number | null
}

/** The centre as the uploader sees it. Never throws: no answer, a portal's answer and 5xx are Problems. */
export interface Uplink {
  /** `items` are finished PushItem texts. */
  push(items: readonly Uint8Array<ArrayBuffer>[]): Promise<Answer<PushAnswer>>
  pull(request: PullRequest): Promise<Answer<PulledPage>>
  /** A tiny request: is the centre there? */
  probe(): Promise<Answer<null>>
}
