// The bytes of the second journal: what a desktop writes and what the centre reads of a copied folder. One frame is one
// save, all or nothing. Layout, numbers little-endian:
//   magic 4 · length of body 4 · CRC-32 of body 4 · body = length of head 4 · head (JSON) · the sealed bytes one after another
// The head names store, seq, what is put (key, rev, length) and what is dropped. Files are numbered and apply in that order.
import { z } from 'zod'

export const journalMagic = 'HSJ1'
/** Magic, length and CRC-32. */
export const journalFrontBytes = 12
export const journalFile = /^\d{8}\.log$/

const rev = z.number().nullable()
export const JournalHead = z.tuple([
  z.string(),
  z.number(),
  z.array(z.tuple([z.string(), rev, z.number().int().nonnegative()])),
  z.array(z.tuple([z.string(), rev, z.number().nullable()])),
])
export type JournalHead = z.infer<typeof JournalHead>

/** One store per centre and person: practice and real never mix, and nobody sees or sends another’s work. */
export const storeName = (centreId: string, account: string): string => `hotline-${centreId}-${account}`
/** Files of the same person that are not sent yet have a store and a journal of their own. */
export const attachmentStore = (store: string): string => `${store}-attachments`
/** Of the store name's SHA-256 in hexadecimal letters. */
export const journalFolderLetters = 32
