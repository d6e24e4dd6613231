// A caller whose ear can be listened to: baresip on the trunk, which writes down what it hears. For what the PBX's
// own recordings leave out (a supervisor who joins in) or only claim: after a transfer on a busy machine Asterisk 22.10
// at times records silence of a seat that is sent to the caller all the while. Plain callers: caller.ts.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { madeUpNumber } from './caller.ts'
import { TRUNK_HOST } from './configure.ts'
import { freePorts } from './freePorts.ts'
import { leash } from './leash.ts'
import type { Pbx } from './pbx.ts'
import { dominantHz, readWav, tone, writeWav, type Sound } from './tones.ts'
import { until } from './until.ts'

export interface EarOptions {
  /** Whom to call: 12351 the queue (default), 600 echo, 1001 a seat. */
  to?: string
  number?: string
  /** What the caller says, up to its end; a 440 Hz tone of 90 s when left out. */
  sound?: Sound
}

export interface Ear {
  number: string
  callRef: Promise<string>
  answered: (withinMs?: number) => Promise<void>
  /** WAV file of what this caller has heard; complete once the call has ended. */
  heard: () => string
  /** The last moments of what this caller has heard; null in the first second. */
  hears: () => Sound | null
  untilHears: (hz: number) => Promise<void>
  ended: (withinMs?: number) => Promise<void>
  hangUp: () => Promise<void>
}

const Event = z.object({ event: z.literal(true), type: z.string() })

export async function callWithEar(pbx: Pbx, options: EarOptions = {}): Promise<Ear> {
  const dir = mkdtempSync(join(tmpdir(), 'ear-'))
  const number = options.number ?? madeUpNumber()
  const [sip = 0, control = 0] = await freePorts([
    { kind: 'udp', host: TRUNK_HOST },
    { kind: 'tcp', host: '127.0.0.1' },
  ])
  mkdirSync(join(dir, 'heard'))
  writeWav(join(dir, 'says.wav'), options.sound ?? tone(440, 90_000))
  writeFileSync(join(dir, 'config'), configuration(dir, sip, control))
  const account = `<sip:${number}@${TRUNK_HOST}>;regint=0;outbound="sip:${pbx.host}:${pbx.sipPort}";audio_codecs=PCMU`
  writeFileSync(join(dir, 'accounts'), `${account}\n`)
  writeFileSync(join(dir, 'contacts'), '')

  const callRef = pbx
    .nextEvent((event) => event['Event'] === 'Newchannel' && event['CallerIDNum'] === number, 15_000)
    .then((event) => event['Linkedid'] ?? '')
  callRef.catch(() => {})
  const [command, ...args] = [...leash(), 'baresip', '-f', dir]
  const child = spawn(command, args, { cwd: dir, stdio: 'ignore', detached: true })
  let running = true
  child.once('error', () => (running = false))
  child.once('exit', () => (running = false))
  const leave = (): void => {
    child.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  }
  pbx.alongside(leave)

  const happened = new Set<string>()
  const socket = await until('baresip to listen', () => opened(control), 10_000)
  onNetstring(socket, (text) => {
    const event = Event.safeParse(JSON.parse(text))
    if (event.success) happened.add(event.data.type)
  })
  const say = (name: string, params = ''): void => {
    const text = JSON.stringify({ command: name, params })
    socket.write(`${Buffer.byteLength(text)}:${text},`)
  }
  const untilEvent = async (type: string, withinMs?: number): Promise<void> => {
    await until(`baresip to tell ${type}`, () => happened.has(type) || !running, withinMs)
    if (!happened.has(type)) throw new Error(`baresip ended without ${type}`)
  }
  const ended = async (withinMs?: number): Promise<void> => {
    await untilEvent('CALL_CLOSED', withinMs)
    // It writes the length into the file when it leaves.
    say('quit')
    await until('baresip to leave', () => !running)
  }
  const heard = (): string => {
    const [name = ''] = readdirSync(join(dir, 'heard')).filter((file) => file.endsWith('-dec.wav'))
    return join(dir, 'heard', name)
  }
  const hears = (): Sound | null => {
    const { samples, rate } = readWav(heard())
    return samples.length < rate ? null : { rate, samples: samples.subarray(-0.4 * rate) }
  }
  say('dial', `sip:${options.to ?? '12351'}@${pbx.host}:${pbx.sipPort}`)
  return {
    number,
    callRef,
    answered: (withinMs) => untilEvent('CALL_ESTABLISHED', withinMs),
    heard,
    hears,
    async untilHears(hz) {
      let last: number | null = null
      const isSo = (): boolean => {
        const now = hears()
        last = now && dominantHz(now)
        return last !== null && Math.abs(last - hz) < 10
      }
      await until(() => `the caller to hear ${hz} Hz, heard ${last ?? 'nothing'}`, isSo)
    },
    ended,
    hangUp() {
      say('hangup')
      return ended()
    },
  }
}

const configuration = (dir: string, sip: number, control: number): string =>
  `poll_method epoll
sip_listen ${TRUNK_HOST}:${sip}
call_max_calls 1
audio_source aufile,${join(dir, 'says.wav')}
audio_player aubridge,nil
audio_alert aubridge,nil
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
rtp_ports 12000-19998
net_interface ${TRUNK_HOST}
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${control}
snd_path ${join(dir, 'heard')}
`

const opened = (port: number): Promise<Socket | null> =>
  new Promise((settle) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => settle(null))
    socket.once('connect', () => {
      socket.on('error', () => socket.destroy())
      settle(socket)
    })
  })

/** "12:{"a":"b…"}," – a length, a colon, that many bytes, a comma. */
function onNetstring(socket: Socket, take: (text: string) => void): void {
  let bytes = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk])
    for (let colon = bytes.indexOf(':'); colon > 0; colon = bytes.indexOf(':')) {
      const end = colon + 1 + Number(bytes.toString('latin1', 0, colon))
      if (bytes.length <= end) return
      take(bytes.toString('utf8', colon + 1, end))
      bytes = bytes.subarray(end + 1)
    }
  })
}
