// Looks through every file of a browser's profile for words that must not lie there, in the ways a program may write
// them down. Files of LevelDB may be compressed (Snappy leaves a word whole where it first stands): whoever uses this
// shows with words written on purpose that it finds what is there.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const gbk = (() => {
  const table = new Map<string, number[]>()
  const decoder = new TextDecoder('gbk')
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const letter = decoder.decode(Uint8Array.of(high, low))
      if (letter.length === 1 && letter !== '\uFFFD') table.set(letter, [high, low])
    }
  return (word: string): Buffer =>
    Buffer.from(Array.from(word).flatMap((letter) => table.get(letter) ?? [letter.charCodeAt(0)]))
})()

/** What of the base64 of any text around it does not depend on that text: one for each place a word may begin at. */
const base64Parts = (bytes: Buffer): string[] =>
  [0, 1, 2].map((lead) => {
    const text = Buffer.concat([Buffer.alloc(lead), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const bitsOfEnd = ((lead + bytes.length) * 8) % 6
    return text.slice(Math.ceil((lead * 8) / 6), bitsOfEnd === 0 ? undefined : -1)
  })

/** Name of the way of writing → the bytes to look for. */
export const waysToWrite = (word: string): ReadonlyMap<string, Buffer> => {
  const utf8 = Buffer.from(word, 'utf8')
  const utf16 = Buffer.from(word, 'utf16le')
  return new Map([
    ['UTF-8', utf8],
    ['UTF-16LE', utf16],
    // Index keys of IndexedDB.
    ['UTF-16BE', Buffer.from(utf16).swap16()],
    ['GBK', gbk(word)],
    [
      'escaped JSON',
      Buffer.from(word.replaceAll(/[^\x20-\x7E]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`)),
    ],
    ['percent', Buffer.from(encodeURIComponent(word))],
    ...base64Parts(utf8).map((part, at) => [`base64 ${at}`, Buffer.from(part)] as const),
  ])
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

export type Found = { readonly file: string; readonly word: string; readonly way: string }

/** A browser at work may take a file away while we look: that one is passed over. */
export const searchProfile = (folder: string, words: readonly string[]): readonly Found[] => {
  const needles = words.flatMap((word) =>
    [...waysToWrite(word)].map(([way, bytes]) => ({ word, way, bytes })),
  )
  return filesIn(folder).flatMap((path) => {
    let content: Buffer
    try {
      content = readFileSync(path)
    } catch {
      return []
    }
    return needles
      .filter(({ bytes }) => content.includes(bytes))
      .map(({ word, way }) => ({ file: relative(folder, path), word, way }))
  })
}
