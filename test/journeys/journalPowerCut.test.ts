// [F46] The power cut of the second journal, as near as one machine can do it to itself: an ext4 file system whose journal
// is shut down without a flush (EXT4_IOC_SHUTDOWN) while a program saves, then mounted again. Needs root and a loop device;
// elsewhere test/electron/journalCrash.slow.test.ts cuts the power of a disk in memory.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mayMount } from '../electron/smallDisk.ts'
import { foundAfter, writeUntil } from '../electron/writtenJournal.ts'

const shutDown = `
import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))`

const mayCut =
  mayMount && ['python3', 'mkfs.ext4', 'losetup'].every((name) => spawnSync('which', [name]).status === 0)

test.runIf(mayCut)(
  '[F46] [D07] [JRNL-2] twenty power cuts while saving lose nothing that was answered for',
  async () => {
    const place = mkdtempSync(join(tmpdir(), 'journal-power-'))
    const image = join(place, 'disk.img')
    const mount = join(place, 'mount')
    mkdirSync(mount)
    execFileSync('truncate', ['-s', '128M', image])
    execFileSync('mkfs.ext4', ['-q', '-F', image])
    execFileSync('mount', ['-o', 'loop', image, mount])
    const owed: number[] = []
    let saved = 0
    try {
      for (let cut = 0; cut < 20; cut += 1) {
        const written = await writeUntil(join(mount, 'journal'), cut * 100_000, 5 + cut * 9, () =>
          execFileSync('python3', ['-c', shutDown, mount]),
        )
        saved += written.saved
        owed.push(...written.owed)
        execFileSync('umount', [mount])
        execFileSync('mount', ['-o', 'loop', image, mount])
        const found = await foundAfter(join(mount, 'journal'))
        expect(owed.filter((n) => !found.has(n))).toEqual([])
      }
      expect(saved).toBeGreaterThan(1_500)
    } finally {
      execFileSync('umount', ['-l', mount])
      rmSync(place, { recursive: true, force: true })
    }
  },
  180_000,
)
