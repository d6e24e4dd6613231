// Waits until a file, or the names in a folder, have reached the disk.
import fs from 'node:fs'

const sync = (name: string, flags: string): void => {
  const handle = fs.openSync(name, flags)
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** Opened for writing: Windows flushes nothing else. */
export const syncFile = (name: string): void => sync(name, 'r+')

/** Windows opens no folders for that; NTFS writes names down in its own log. */
export const syncFolder = (name: string): void => {
  if (process.platform !== 'win32') sync(name, 'r')
}
