// A disk of its own whose power can be cut: what no program had synced is gone. Only root may mount one.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { mayMount } from '../electron/smallDisk.ts'

export const mayCut =
  mayMount && ['python3', 'mkfs.ext4', 'losetup'].every((name) => spawnSync('which', [name]).status === 0)

const shutDown = `
import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))`

export const cuttableDisk = (root: string) => {
  const image = join(root, 'disk.img')
  const path = join(root, 'mount')
  const mount = () => execFileSync('mount', ['-o', 'loop', image, path])
  mkdirSync(path)
  execFileSync('truncate', ['-s', '600M', image])
  execFileSync('mkfs.ext4', ['-q', '-F', image])
  mount()
  return {
    path,
    /** Everything until now is on the disk. */
    sync: () => execFileSync('sync', ['-f', path]),
    cutPower: () => execFileSync('python3', ['-c', shutDown, path]),
    /** When nobody uses it any more. */
    plugIn() {
      execFileSync('umount', [path])
      mount()
    },
    remove: () => execFileSync('umount', ['-l', path]),
  }
}
