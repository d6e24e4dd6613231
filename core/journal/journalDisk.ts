// The few things a second journal asks of a file system, so that it is the same on the desktop's disk, in a browser's own
// file system, and on a disk that loses power, fills up or refuses to sync.

export type Bytes = Uint8Array<ArrayBuffer>

export type OpenFile = {
  write(bytes: Uint8Array, at: number): Promise<void>
  read(at: number, length: number): Promise<Bytes>
  /** Resolves when all that was written is on disk. */
  sync(): Promise<void>
  cut(length: number): Promise<void>
  close(): Promise<void>
}

/** Paths are relative to the journal's folder, parts divided by `/`. Everything rejects with codes as node:fs has them. */
export interface JournalDisk {
  names(folder: string): Promise<readonly string[]>
  /** A new file, readable by this user only; it may begin as zeros up to the length of a segment. */
  create(path: string): Promise<OpenFile>
  open(path: string): Promise<OpenFile>
  size(path: string): Promise<number>
  remove(path: string): Promise<void>
  makeFolder(folder: string): Promise<void>
  /** Resolves when files made, renamed and removed in it are so on disk. */
  syncFolder(folder: string): Promise<void>
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'

/** ENOSPC and EDQUOT: nothing more fits. */
export const isFull = (error: unknown): boolean => {
  const code = codeOf(error)
  return code === 'ENOSPC' || code === 'EDQUOT'
}
