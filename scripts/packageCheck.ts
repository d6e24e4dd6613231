// Packs the program on a stub runtime and reads back what came out: archive, unpacked files, languages, fuses and the
// name of the executable. The stub is any folder shaped like an Electron release; its "program" is never started.
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

const call = promisify(execFile)

/** What E19 asks for, fuse by fuse, in the order of Electron's own list. */
export const wantedFuses = [
  ['RunAsNode', false],
  ['EnableCookieEncryption', true],
  ['EnableNodeOptionsEnvironmentVariable', false],
  ['EnableNodeCliInspectArguments', false],
  ['EnableEmbeddedAsarIntegrityValidation', true],
  ['OnlyLoadAppFromAsar', true],
  ['LoadBrowserProcessSpecificV8Snapshot', false],
  ['GrantFileProtocolExtraPrivileges', false],
  ['WasmTrapHandlers', true],
] as const satisfies readonly (readonly [keyof typeof FuseV1Options, boolean])[]

/** Marks where the fuses stand inside Electron's executable; then version 1, their number, and one byte for each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

function makeStub(folder: string): void {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true })
  // Each fuse starts as the opposite of what is wanted, so that every one must have been set on purpose.
  const bytes = wantedFuses.map(([, on]) => (on ? '0' : '1').charCodeAt(0))
  const wire = Buffer.from([1, bytes.length, ...bytes])
  const program = Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), Buffer.from(sentinel), wire])
  writeFileSync(join(folder, 'electron'), program)
  chmodSync(join(folder, 'electron'), 0o755)
  writeFileSync(join(folder, 'version'), '45.4.1')
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'stub')
  for (const name of ['zh-CN', 'zh-TW', 'en-US', 'de'])
    writeFileSync(join(folder, 'locales', `${name}.pak`), '')
}

export type PackageCheck = { readonly lines: readonly string[]; readonly wrong: readonly string[] }

/** Needs out/. Works in a folder of its own and removes it. */
export async function checkPackage(root: string): Promise<PackageCheck> {
  const work = mkdtempSync(join(tmpdir(), 'hotline-package-'))
  try {
    makeStub(join(work, 'stub'))
    const options = [`-c.electronDist=${join(work, 'stub')}`, `-c.directories.output=${join(work, 'dist')}`]
    await call(
      process.execPath,
      [
        join(root, 'node_modules/electron-builder/cli.js'),
        '--linux',
        'dir',
        '--publish',
        'never',
        ...options,
      ],
      { cwd: root, maxBuffer: 10_000_000 },
    )
    return await look(root, join(work, 'dist', 'linux-unpacked'))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function look(root: string, packed: string): Promise<PackageCheck> {
  const lines: string[] = []
  const wrong: string[] = []
  const expect = (held: boolean, said: string) => {
    lines.push(`${held ? '✓' : '✗'} ${said}`)
    if (!held) wrong.push(said)
  }
  const asar = join(root, 'node_modules/@electron/asar/bin/asar.js')
  const archive = join(packed, 'resources', 'app.asar')
  const { stdout } = await call(process.execPath, [asar, 'list', archive], { maxBuffer: 10_000_000 })
  const files = stdout.split('\n').filter((line) => line !== '')
  const foreign = files.filter((file) => !/^[\\/](out([\\/]|$)|package\.json$)/.test(file))
  expect(foreign.length === 0, `archive holds out/** and package.json only (${files.length} entries)`)
  for (const file of ['main/index.js', 'preload/index.cjs', 'renderer/index.html', 'server/main.js']) {
    expect(files.includes(`/out/${file}`), `archive lists out/${file}`)
  }
  expect(!files.some((file) => file.endsWith('.map')), 'archive holds no source maps')
  const beside = join(packed, 'resources', 'app.asar.unpacked', 'out')
  for (const file of ['server/main.js', 'server/pglite.wasm', 'practice/main.js', 'assets/icon.png']) {
    expect(existsSync(join(beside, file)), `beside the archive lies out/${file}`)
  }
  expect(existsSync(join(packed, 'hotline-seat')), 'executable is called hotline-seat')
  const locales = readdirSync(join(packed, 'locales')).toSorted()
  expect(locales.join() === 'en-US.pak,zh-CN.pak', `languages are ${locales.join(', ')}`)
  const wire = await getCurrentFuseWire(join(packed, 'hotline-seat'))
  for (const [name, on] of wantedFuses) {
    const wanted = on ? FuseState.ENABLE : FuseState.DISABLE
    expect(wire[FuseV1Options[name]] === wanted, `fuse ${name} is ${on ? 'on' : 'off'}`)
  }
  return { lines, wrong }
}
