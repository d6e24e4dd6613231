// A power cut, as near as one machine can do it to itself: the embedded database on an ext4 file system whose
// journal is shut down without a flush (EXT4_IOC_SHUTDOWN), then mounted again. Needs root, a loop device and
// python3 for the ioctl, so it is run by hand and at night: `node test/server/powerCut.ts 20`. Exit code 1: rows were lost.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../server/database.ts'
import { newFolder } from './databases.ts'
import { until } from './until.ts'

const shutDown = `
import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))`

/** The one that dies: stores row after row and says so once each is acknowledged. */
const storeForEver = async (folder: string, from: number): Promise<never> => {
  const database = await openDatabase({ url: null, folder })
  await database.script('create table if not exists kept (n int primary key, body text)')
  for (let n = from; ; n += 1) {
    await database.transaction((queries) =>
      queries.rows('insert into kept values ($1, $2)', [n, 'x'.repeat(1500)]),
    )
    writeSync(1, `${n}\n`)
    if (n % 97 === 96) await database.script('checkpoint')
  }
}

const cut = async (
  image: string,
  mount: string,
  cycle: number,
  acknowledged: Set<number>,
): Promise<number> => {
  const folder = join(mount, 'data')
  const child = spawn(
    process.execPath,
    [import.meta.filename, '--store', folder, String(cycle * 1_000_000)],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  // The first cut comes right after the database was made.
  const enough = cycle === 0 ? 1 : 100 + Math.floor(Math.random() * 400)
  await until(() => printed.split('\n').length > enough, `${enough} rows are stored`, 120_000)
  execFileSync('python3', ['-c', shutDown, mount])
  for (const line of printed.split('\n').slice(0, -1)) acknowledged.add(Number(line))
  const gone = new Promise((resolve) => {
    child.once('close', resolve)
  })
  child.kill('SIGKILL')
  await gone
  execFileSync('umount', [mount])
  execFileSync('mount', ['-o', 'loop', image, mount])
  const database = await openDatabase({ url: null, folder })
  const kept = new Set((await database.rows<{ n: number }>('select n from kept')).map((row) => row.n))
  await database.close()
  return [...acknowledged].filter((n) => !kept.has(n)).length
}

const run = async (cycles: number): Promise<void> => {
  const place = newFolder()
  const image = join(place, 'disk.img')
  const mount = join(place, 'mount')
  mkdirSync(mount)
  execFileSync('truncate', ['-s', '700M', image])
  execFileSync('mkfs.ext4', ['-q', '-F', image])
  execFileSync('mount', ['-o', 'loop', image, mount])
  const acknowledged = new Set<number>()
  let lost = 0
  try {
    for (let cycle = 0; cycle < cycles; cycle += 1) lost += await cut(image, mount, cycle, acknowledged)
  } finally {
    execFileSync('umount', [mount])
    rmSync(place, { recursive: true, force: true })
  }
  console.log(`${cycles} power cuts, ${acknowledged.size} rows acknowledged, ${lost} lost`)
  process.exitCode = lost === 0 ? 0 : 1
}

const [first, folder = '', from = '0'] = process.argv.slice(2)
await (first === '--store' ? storeForEver(folder, Number(from)) : run(Number(first ?? 20)))
