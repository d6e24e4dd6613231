// Writes one run folder of the test PBX: configuration rendered from asterisk/, a certificate of its own, random
// secrets, hold music. Starting and stopping it is pbx.ts's.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { PbxRoot } from './fetch.ts'
import { freePorts } from './freePorts.ts'
import { tone, writeWav } from './tones.ts'

/** An address of its own: on 127.0.0.1 the PBX could not tell the trunk from the seats. */
export const TRUNK_HOST = '127.0.0.2'
export const HOLD_MUSIC_HZ = 330
const TEMPLATES = join(import.meta.dirname, 'asterisk')
/** Modules ask for these and complain without; we want nothing in them. */
const EMPTY = [
  'acl',
  'aeap',
  'ccss',
  'geolocation',
  'pjproject',
  'pjsip_notify',
  'statsd',
  'udptl',
  'websocket_client',
  'voicemail',
  'queuerules',
]

export interface PbxOptions {
  /** Seats and leads that may register; default 1001, 1002, 1003 and the lead 2001. */
  numbers?: readonly string[]
  /** Seconds the queue rings one seat before it tries the next. */
  ringSeconds?: number
  /** Seconds a caller stays in the queue at most. */
  queueSeconds?: number
  /** Seconds the queue leaves a seat alone after a call; 0: only a pause keeps calls away. */
  wrapUpSeconds?: number
  /** Seconds without RTP from a seat until the PBX ends its call. */
  rtpTimeoutSeconds?: number
  /** How long the WSS certificate is good for. */
  certificateDays?: number
}

/** What a run is made of; kept in run.json so that another process can talk to a PBX left running. */
const Run = z.object({
  dir: z.string(),
  host: z.string(),
  sipPort: z.number(),
  wsPort: z.number(),
  wssPort: z.number(),
  amiPort: z.number(),
  /** Where the PBX sends calls to the city, on TRUNK_HOST. */
  trunkPort: z.number(),
  amiUser: z.string(),
  amiSecret: z.string(),
  /** SIP secret by number. */
  secrets: z.record(z.string(), z.string()),
  /** The same as JSON, for who is to read it from a file. */
  secretsFile: z.string(),
  /** base64 SHA-256 of the WSS certificate's public key. */
  spkiPin: z.string(),
})
export type Run = z.infer<typeof Run>

const runFile = (dir: string): string => join(dir, 'run.json')

/** The run configured in that folder, if any. */
export const readRun = (dir: string): Run | null =>
  existsSync(runFile(dir)) ? Run.parse(JSON.parse(readFileSync(runFile(dir), 'utf8'))) : null

const isLead = (number: string): boolean => number.startsWith('2')
const secret = (): string => randomBytes(16).toString('hex')

export async function configure(root: PbxRoot, dir: string, options: PbxOptions): Promise<Run> {
  for (const sub of ['etc', 'lib/keys', 'spool/monitor', 'log/cdr-csv', 'cache', 'keys', 'moh', 'rec'])
    mkdirSync(join(dir, sub), { recursive: true })
  const [wsPort = 0, wssPort = 0, amiPort = 0, sipPort = 0, trunkPort = 0] = await freePorts([
    { kind: 'tcp', host: '127.0.0.1' },
    { kind: 'tcp', host: '127.0.0.1' },
    { kind: 'tcp', host: '127.0.0.1' },
    { kind: 'udp', host: '127.0.0.1' },
    { kind: 'udp', host: TRUNK_HOST },
  ])
  const numbers = options.numbers ?? ['1001', '1002', '1003', '2001']
  const run: Run = {
    dir,
    host: '127.0.0.1',
    sipPort,
    wsPort,
    wssPort,
    amiPort,
    trunkPort,
    amiUser: 'rig',
    amiSecret: secret(),
    secrets: Object.fromEntries(numbers.map((number) => [number, secret()])),
    secretsFile: join(dir, 'secrets.json'),
    spkiPin: certificate(join(dir, 'keys'), options.certificateDays ?? 30),
  }
  writeWav(join(dir, 'moh/hold.wav'), tone(HOLD_MUSIC_HZ, 20_000, 0.2))
  render(root, run, options)
  writeFileSync(run.secretsFile, JSON.stringify(run.secrets, null, 2), { mode: 0o600 })
  writeFileSync(runFile(dir), JSON.stringify(run, null, 2), { mode: 0o600 })
  return run
}

function render(root: PbxRoot, run: Run, options: PbxOptions): void {
  const values: Record<string, string | number> = {
    RUN: run.dir,
    MODULES: root.modules,
    DATA: root.data,
    SYSTEM: `pbx${randomBytes(3).toString('hex')}`,
    SIP: run.sipPort,
    HTTP: run.wsPort,
    HTTPS: run.wssPort,
    AMI: run.amiPort,
    AMI_USER: run.amiUser,
    AMI_SECRET: run.amiSecret,
    TRUNK: run.trunkPort,
    TRUNK_HOST,
    LAN: lanAddress(),
    RTP_FROM: 20_000,
    RTP_TO: 29_999,
    RING_SECONDS: options.ringSeconds ?? 20,
    QUEUE_SECONDS: options.queueSeconds ?? 120,
    WRAPUP_SECONDS: options.wrapUpSeconds ?? 0,
    RTP_TIMEOUT_SECONDS: options.rtpTimeoutSeconds ?? 12,
  }
  const fill = (text: string): string =>
    text.replaceAll(/@([A-Z_]+)@/g, (mark, name: string) => String(values[name] ?? mark))
  const etc = join(run.dir, 'etc')
  for (const file of readdirSync(TEMPLATES))
    writeFileSync(join(etc, file.replace(/\.in$/, '')), fill(readFileSync(join(TEMPLATES, file), 'utf8')), {
      mode: 0o600,
    })
  for (const name of EMPTY) writeFileSync(join(etc, `${name}.conf`), '; empty on purpose\n')
  const seats = Object.entries(run.secrets).map(([number, password]) => seat(number, password))
  writeFileSync(join(etc, 'seats.conf'), seats.join('\n'), { mode: 0o600 })
}

const seat = (number: string, password: string): string => `[${number}](seat)
context=${isLead(number) ? 'leads' : 'seats'}
auth=${number}
aors=${number}
callerid="${isLead(number) ? 'Lead' : 'Seat'} ${number}" <${number}>
[${number}](seat-contact)
[${number}](seat-secret)
username=${number}
password=${password}
`

/** Makes the certificate unless there is one; says its SPKI pin. */
function certificate(dir: string, days: number): string {
  const [key, crt] = [join(dir, 'pbx.key'), join(dir, 'pbx.crt')]
  if (!existsSync(crt)) {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
    const args = ['req', '-x509', ...curve, ...names, '-days', String(days), '-keyout', key, '-out', crt]
    execFileSync('openssl', args, { stdio: 'pipe' })
  }
  const publicKey = new X509Certificate(readFileSync(crt)).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(publicKey).digest('base64')
}

/** The address ICE would offer by itself; one from the documentation range when there is none. */
function lanAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return all.find((one) => one.family === 'IPv4' && !one.internal)?.address ?? '192.0.2.254'
}
