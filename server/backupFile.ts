// The backup file: rows as JSON lines, gzipped, encrypted and sealed against change. A file under its final name is
// whole: it is written aside, synced and renamed. What is in it is backup.ts's to say.
//
//   HSB1 · salt 16 · iv 12 · AES-256-GCM(gzip(lines)) · tag 16        key = scrypt(contents of the key file, salt)
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { syncFile, syncFolder } from './syncDisk.ts'

const magic = Buffer.from('HSB1')
const saltBytes = 16
const ivBytes = 12
const tagBytes = 16
const headBytes = magic.length + saltBytes + ivBytes
const shortestKey = 16

/** A sentence for the operator: what is wrong with the file or its key, and that nothing was changed. */
export class BackupTrouble extends Error {
  override name = 'BackupTrouble'
}

/** The secret in a key file, without the line end an editor leaves. */
export const readKey = (file: string): string => {
  let key: string
  try {
    key = fs.readFileSync(file, 'utf8').trim()
  } catch {
    throw new BackupTrouble(`读不到备份密钥文件 ${file}，请检查路径和权限。`)
  }
  if (key.length < shortestKey) throw new BackupTrouble(`备份密钥至少 ${shortestKey} 个字符。`)
  return key
}

const keyOf = (secret: string, salt: Buffer): Buffer => scryptSync(secret, salt, 32)

export const writeBackup = async (
  file: string,
  secret: string,
  lines: AsyncIterable<object>,
): Promise<void> => {
  const aside = `${file}.part`
  const salt = randomBytes(saltBytes)
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, salt), iv)
  async function* texts() {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`
  }
  try {
    fs.writeFileSync(aside, Buffer.concat([magic, salt, iv]), { mode: 0o600 })
    const out = fs.createWriteStream(aside, { flags: 'a' })
    await pipeline(Readable.from(texts()), createGzip(), cipher, out)
    fs.appendFileSync(aside, cipher.getAuthTag())
    syncFile(aside)
    fs.renameSync(aside, file)
    syncFolder(path.dirname(path.resolve(file)))
  } finally {
    fs.rmSync(aside, { force: true })
  }
}

const headOf = (file: string): { salt: Buffer; iv: Buffer; tag: Buffer; end: number } => {
  let handle: number
  try {
    handle = fs.openSync(file, 'r')
  } catch {
    throw new BackupTrouble(`读不到备份文件 ${file}，请检查路径和权限。`)
  }
  try {
    const { size } = fs.fstatSync(handle)
    const head = Buffer.alloc(headBytes)
    const tag = Buffer.alloc(tagBytes)
    fs.readSync(handle, head, 0, headBytes, 0)
    if (size < headBytes + tagBytes || !head.subarray(0, magic.length).equals(magic))
      throw new BackupTrouble(`${file} 不是本程序的备份文件。`)
    fs.readSync(handle, tag, 0, tagBytes, size - tagBytes)
    const salt = head.subarray(magic.length, magic.length + saltBytes)
    return { salt, iv: head.subarray(magic.length + saltBytes), tag, end: size - tagBytes - 1 }
  } finally {
    fs.closeSync(handle)
  }
}

/** Its lines in order. That nothing was changed is only known at the end: read it through before using a line. */
export async function* readBackup(file: string, secret: string): AsyncGenerator {
  const { salt, iv, tag, end } = headOf(file)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, salt), iv)
  decipher.setAuthTag(tag)
  const plain = new PassThrough()
  const unpacked = pipeline(
    fs.createReadStream(file, { start: headBytes, end }),
    decipher,
    createGunzip(),
    plain,
  )
  let trouble: unknown = null
  unpacked.catch((error: unknown) => {
    trouble = error
    plain.end()
  })
  try {
    for await (const line of createInterface({ input: plain })) if (trouble === null) yield JSON.parse(line)
    await unpacked
  } catch {
    throw new BackupTrouble('备份文件不完整、被改动过，或者密钥不对。没有改动。')
  }
}
