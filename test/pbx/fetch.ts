// Brings an Asterisk 22 that runs from a folder: Debian packages, signature checked by apt, unpacked without
// root and pruned to what modules.list names. Idempotent. How it is configured and run: configure.ts, pbx.ts.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { onPath } from './leash.ts'

const run = promisify(execFile)
const here = import.meta.dirname
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
const SUITE = process.env['PBX_SUITE'] ?? 'forky'
const WANTED = ['asterisk', 'asterisk-modules', 'asterisk-core-sounds-en-gsm']
/** Packages of the closure whose libraries our modules load. Sonames come and go in a moving suite: fetch
 *  falls back to the whole closure when one is missing. */
const LIBRARIES =
  /^(libc6|libbsd0|libmd0|libcap2|libcrypt1|libssl3.*|libedit2|libgcc-s1|libgsm1|libjansson4|libnspr4|libnss3|libopus0|libsqlite3-0|libsrtp2-1|libstdc\+\+6|libsystemd0|libtinfo6|liburiparser1|libuuid1|libxml2(-[0-9]+)?|libxslt1\.1|zlib1g|libzstd1)$/
const LOADERS: Record<string, { triplet: string; loader: string }> = {
  amd64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
}

/** Where Asterisk lives once fetched, and how to start its binary with its own loader and libraries. */
export interface PbxRoot {
  dir: string
  version: string
  modules: string
  data: string
  command: string
  args: string[]
}

/** The folder is the same for every run of this checkout; PBX_ROOT moves it, e.g. to one kept between CI runs. */
export const pbxRootDir = (): string =>
  resolve(process.env['PBX_ROOT'] ?? join(here, '../../.cache/pbx/asterisk'))

/** One line naming what this machine lacks to fetch the PBX, or null when it can. */
export function cannotFetch(): string | null {
  const missing = ['apt-get', 'dpkg', 'dpkg-deb'].filter((name) => !onPath(name))
  if (process.platform !== 'linux' || missing.length > 0)
    return `The test PBX needs Debian (or a relative) with apt-get and dpkg; not found: ${missing.join(', ') || 'Linux'}.`
  if (!existsSync(KEYRING))
    return 'The test PBX needs the package debian-archive-keyring, to check what it downloads.'
  return null
}

/** Gives the PBX's folder, fetching it first if need be (about 20 s once). Throws one clear line if it cannot. */
export async function fetchPbx(say: (line: string) => void = () => {}): Promise<PbxRoot> {
  const dir = pbxRootDir()
  const cached = describe(dir)
  if (cached) return cached
  const reason = cannotFetch()
  if (reason) throw new Error(reason)
  say(`Fetching the test PBX (Asterisk, Debian ${SUITE}) into ${dir} …`)
  mkdirSync(dirname(dir), { recursive: true })
  // Built aside and renamed: two runs that fetch at once never see half a folder.
  const work = mkdtempSync(join(dirname(dir), 'fetch-'))
  try {
    const built = join(work, 'built')
    await build(work, built)
    // Whoever came first may already run from it.
    if (!describe(dir)) {
      rmSync(dir, { recursive: true, force: true })
      renameSync(built, dir)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  const fetched = describe(dir)
  if (!fetched) throw new Error(`The test PBX was fetched into ${dir} but does not describe itself.`)
  say(`Test PBX ready: ${fetched.version}`)
  return fetched
}

const moduleNames = (): string[] =>
  readFileSync(join(here, 'modules.list'), 'utf8').split('\n').filter(Boolean)

/** Changes when the list of modules or the suite does, so an old folder is replaced. */
const stamp = (): string =>
  createHash('sha256')
    .update(SUITE + moduleNames().join())
    .digest('hex')
    .slice(0, 12)

const Fetched = z.object({ stamp: z.string(), version: z.string(), arch: z.string() })

function describe(dir: string): PbxRoot | null {
  const mark = join(dir, 'fetched.json')
  if (!existsSync(mark)) return null
  const said = Fetched.parse(JSON.parse(readFileSync(mark, 'utf8')))
  const machine = LOADERS[said.arch]
  if (said.stamp !== stamp() || !machine) return null
  const lib = join(dir, 'usr/lib', machine.triplet)
  return {
    dir,
    version: said.version,
    modules: join(lib, 'asterisk/modules'),
    data: join(dir, 'usr/share/asterisk'),
    command: join(lib, machine.loader),
    args: ['--library-path', lib, join(dir, 'usr/sbin/asterisk')],
  }
}

async function build(work: string, built: string): Promise<void> {
  const arch = (await run('dpkg', ['--print-architecture'])).stdout.trim()
  const machine = LOADERS[arch]
  if (!machine) throw new Error(`The test PBX is known to run on amd64 and arm64 only, not on ${arch}.`)
  const mirror = await debianMirror()
  const apt = await privateApt(join(work, 'apt'), arch, mirror)
  const plan = (await apt(['-s', '--no-install-recommends', 'install', ...WANTED])).matchAll(/^Inst (\S+)/gm)
  const closure = [...plan].map((m) => m[1] ?? '')

  const raw = join(work, 'raw')
  mkdirSync(raw)
  const archives = join(work, 'apt/cache/archives')
  const unpack = async (names: string[]): Promise<void> => {
    await apt(['download', ...names])
    for (const deb of readdirSync(archives).filter((name) => name.endsWith('.deb')))
      await run('dpkg-deb', ['-x', join(archives, deb), raw])
  }
  await unpack(closure.filter((name) => WANTED.includes(name) || LIBRARIES.test(name)))

  const from = join(raw, 'usr/lib', machine.triplet)
  const lib = join(built, 'usr/lib', machine.triplet)
  const loader = join(lib, machine.loader)
  const binary = join(built, 'usr/sbin/asterisk')
  for (const sub of [join(lib, 'asterisk/modules'), dirname(binary)]) mkdirSync(sub, { recursive: true })
  copyFileSync(join(raw, 'usr/sbin/asterisk'), binary)
  copyFileSync(join(from, machine.loader), loader)
  const objects = [binary]
  for (const name of moduleNames()) {
    const to = join(lib, 'asterisk/modules', `${name}.so`)
    copyFileSync(join(from, 'asterisk/modules', `${name}.so`), to)
    objects.push(to)
  }

  const linked = async (): Promise<string> => {
    const lists = objects.map((file) =>
      run(loader, ['--library-path', from, '--list', file]).then((r) => r.stdout),
    )
    return (await Promise.all(lists)).join('\n')
  }
  let links = await linked()
  if (links.includes('not found')) {
    await unpack(closure)
    links = await linked()
  }
  for (const [, file] of links.matchAll(/=> (\/\S+)/g)) {
    const name = file?.split('/').pop() ?? ''
    if (file && !existsSync(join(lib, name))) copyFileSync(file, join(lib, name))
  }

  const data = join(built, 'usr/share/asterisk')
  cpSync(join(raw, 'usr/share/asterisk'), data, { recursive: true, verbatimSymlinks: true })
  for (const name of ['moh', 'firmware', 'static-http', 'conf', 'phoneprov'])
    rmSync(join(data, name), { recursive: true, force: true })
  // A postinst alternative, hence not in the package; without it Read() with a prompt hangs up.
  if (!existsSync(join(data, 'sounds/en'))) symlinkSync('en_US_f_Allison', join(data, 'sounds/en'))
  const version = (await run(loader, ['--library-path', lib, binary, '-V'])).stdout.trim()
  writeFileSync(join(built, 'fetched.json'), JSON.stringify({ stamp: stamp(), version, arch }))
}

/** The Debian mirror this machine itself installs from, whatever the format of its sources. */
async function debianMirror(): Promise<string> {
  const format = '$(REPO_URI)|$(LABEL)'
  const { stdout } = await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])
  const rows = stdout
    .split('\n')
    .filter(Boolean)
    .map((row) => row.split('|'))
  const found =
    rows.find((row) => row[1] === 'Debian') ?? rows.find((row) => /\/debian\/?$/.test(row[0] ?? ''))
  if (!found?.[0])
    throw new Error('The test PBX needs a Debian mirror in the sources of apt; none is configured.')
  return found[0]
}

/** An apt of our own: own lists, own cache, nothing installed on the host, signatures checked with its keyring. */
async function privateApt(
  dir: string,
  arch: string,
  mirror: string,
): Promise<(args: string[]) => Promise<string>> {
  for (const sub of ['etc/preferences.d', 'state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(dir, sub), { recursive: true })
  writeFileSync(join(dir, 'status'), '')
  writeFileSync(
    join(dir, 'etc/sources.list'),
    `deb [arch=${arch} signed-by=${KEYRING}] ${mirror} ${SUITE} main\n`,
  )
  const settings = {
    Dir: dir,
    'Dir::Etc': join(dir, 'etc'),
    'Dir::Etc::sourcelist': join(dir, 'etc/sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::parts': '/etc/apt/apt.conf.d', // proxies and the like of this machine
    'Dir::State': join(dir, 'state'),
    'Dir::State::status': join(dir, 'status'),
    'Dir::Cache': join(dir, 'cache'),
    'APT::Install-Recommends': 'false',
    'Acquire::Languages': 'none',
    'Debug::NoLocking': 'true',
    'APT::Sandbox::User': userInfo().username,
  }
  const config = join(dir, 'apt.conf')
  writeFileSync(
    config,
    Object.entries(settings)
      .map(([key, value]) => `${key} "${value}";\n`)
      .join(''),
  )
  const apt = async (args: string[]): Promise<string> => {
    const options = {
      cwd: join(dir, 'cache/archives'),
      env: { ...process.env, APT_CONFIG: config, LC_ALL: 'C' },
      maxBuffer: 64 << 20,
    }
    try {
      return (await run('apt-get', ['-qq', ...args], options)).stdout
    } catch (problem) {
      const said = String(problem instanceof Error && 'stderr' in problem ? problem.stderr : problem)
        .trim()
        .split('\n')
        .slice(-3)
        .join(' ')
      throw new Error(`The test PBX could not be fetched: apt-get ${args[0] ?? ''}: ${said}`, {
        cause: problem,
      })
    }
  }
  await apt(['update'])
  return apt
}

if (import.meta.main) {
  const say = (line: string): void => console.error(line)
  const fetched = await fetchPbx(say).catch((problem: unknown) => say(String(problem)))
  if (fetched) console.log(JSON.stringify(fetched))
  else process.exitCode = 1
}
