// Runs one SIPp process on one scenario of scenarios/ and tells what it sent and received. What a scenario
// means (a caller, someone called) is caller.ts's and callee.ts's.
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TRUNK_HOST } from './configure.ts'
import { leash } from './leash.ts'
import { writeUlaw, type Sound } from './tones.ts'
import { until } from './until.ts'

export interface SipMessage {
  /** SIPp's own clock at the moment it sent or received, epoch ms with fractions. */
  at: number
  sent: boolean
  /** First line: "INVITE sip:12351@… SIP/2.0" or "SIP/2.0 200 OK". */
  line: string
  text: string
}

export interface Sipp {
  /** Everything so far, oldest first. */
  messages: () => SipMessage[]
  /** Waits for a message of this kind. */
  untilMessage(
    what: string,
    matches: (message: SipMessage) => boolean,
    withinMs?: number,
  ): Promise<SipMessage>
  /** Waits until SIPp has its port. */
  listening: () => Promise<void>
  /** Exit code of SIPp: 0 when the scenario went as written. */
  exit: Promise<number>
  /** The finger on the hook: SIPp gets an INFO within its call, at which the scenarios hang up. */
  hook: () => Promise<void>
  kill: () => void
}

export interface SippOptions {
  scenario: string
  /** For the @MARKS@ in the scenario. */
  values: Record<string, string | number>
  /** Where SIPp listens, on the trunk's address. */
  port: number
  /** Where a caller calls; left out for someone who waits to be called. */
  target?: { host: string; port: number; user: string }
  /** Writes files it needs into the process's own folder, e.g. sounds; gives more @MARKS@. */
  prepare?: (dir: string) => Record<string, string>
}

export function runSipp(options: SippOptions): Sipp {
  const dir = mkdtempSync(join(tmpdir(), 'sipp-'))
  const values = { ...options.values, ...options.prepare?.(dir) }
  const template = readFileSync(join(import.meta.dirname, 'scenarios', options.scenario), 'utf8')
  const filled = template
    .replaceAll(/<!--.*?-->\n/gs, '')
    .replaceAll(/@([A-Z_]+)@/g, (mark, name: string) => String(values[name] ?? mark))
  writeFileSync(join(dir, 'scenario.xml'), withBranches(filled))
  const trace = join(dir, 'messages')
  const target = options.target
    ? [`${options.target.host}:${options.target.port}`, '-s', options.target.user]
    : []
  const scenario = ['-sf', join(dir, 'scenario.xml'), '-m', '1', '-nostdin', '-timer_resol', '5']
  const address = ['-i', TRUNK_HOST, '-mi', TRUNK_HOST, '-p', String(options.port)]
  const traces = ['-trace_msg', '-message_file', trace, '-trace_err', '-error_file', join(dir, 'errors')]
  const talking = join(dir, 'talking')
  const logs = ['-trace_logs', '-log_file', talking]
  const [command = '', ...args] = [...leash(), 'sipp', ...target, ...scenario, ...address, ...traces, ...logs]
  // In a folder of its own, where SIPp writes; in a group of its own, so that Ctrl+C still lets it hang up.
  const child = spawn(command, args, {
    cwd: dir,
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, TZ: 'UTC' },
  })
  let running = true
  const exit = new Promise<number>((settle, fail) => {
    child.once('error', (problem) => {
      running = false
      fail(new Error(`SIPp could not be run (Debian: apt-get install sip-tester): ${problem.message}`))
    })
    child.once('exit', (code) => {
      running = false
      last = readTrace(trace)
      rmSync(dir, { recursive: true, force: true })
      settle(code ?? -1)
    })
  })
  exit.catch(() => {})
  let last: SipMessage[] = []
  const messages = (): SipMessage[] => (running ? readTrace(trace) : last)
  return {
    messages,
    untilMessage: (what, matches, withinMs = 15_000) =>
      until(
        what,
        async () => {
          const found = messages().find(matches)
          if (found || running) return found
          await exit
          throw new Error(
            `SIPp ended without ${what}; it saw: ${messages()
              .map((m) => m.line)
              .join(' | ')}`,
          )
        },
        withinMs,
      ),
    async listening() {
      const bound = `${hexAddress(TRUNK_HOST)}:${options.port.toString(16).toUpperCase().padStart(4, '0')}`
      await until('SIPp to listen', () => readFileSync('/proc/net/udp', 'utf8').includes(bound))
    },
    exit,
    async hook() {
      // A moment too early no scenario looks at the hook: SIPp would break the call off with a BYE nobody knows.
      const looks = () => !messages().some(isAnswer) || statSync(talking).size > 0
      await until('SIPp to look at the hook', () => !running || looks())
      const callId = messages()[0]?.text.match(/^Call-ID: *(\S+)/im)?.[1]
      if (!running || !callId) return
      const text = [
        `INFO sip:hook@${TRUNK_HOST} SIP/2.0`,
        `Via: SIP/2.0/UDP ${TRUNK_HOST};branch=z9hG4bKhook`,
        `From: <sip:hook@${TRUNK_HOST}>;tag=hook`,
        `To: <sip:hook@${TRUNK_HOST}>`,
        `Call-ID: ${callId}`,
        'CSeq: 1 INFO',
        'Content-Length: 0',
      ].join('\r\n')
      const socket = createSocket('udp4')
      socket.send(`${text}\r\n\r\n`, options.port, TRUNK_HOST, () => socket.close())
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** The 200 that connects a call. */
export const isAnswer = (message: SipMessage): boolean =>
  message.line.startsWith('SIP/2.0 200') && /^CSeq: *\d+ INVITE/im.test(message.text)

/** The scenario step that plays a sound over and over. */
export const speaking = (dir: string, sound: Sound, name = 'sound'): string =>
  `<nop><action><exec rtp_stream="${writeUlaw(join(dir, `${name}.ulaw`), sound)},-1,0" /></action></nop>`

/** As the kernel writes it: bytes in reverse, in hexadecimal. */
const hexAddress = (address: string): string =>
  address
    .split('.')
    .reverse()
    .map((byte) => Number(byte).toString(16).toUpperCase().padStart(2, '0'))
    .join('')

/** CANCEL, and the ACK of a refusal, belong to the INVITE's transaction: SIPp wants to know how many steps back it is. */
function withBranches(scenario: string): string {
  let step = -1
  return scenario.replaceAll(/<(?:send|recv|nop|pause)\b|\[branch-INVITE\]/g, (mark) => {
    if (mark.startsWith('[')) return `[branch-${step}]`
    step++
    return mark
  })
}

/** SIPp's message trace: a ruler with the time, a line that says which way, a blank line, the message. */
function readTrace(file: string): SipMessage[] {
  if (!existsSync(file)) return []
  const blocks = readFileSync(file, 'utf8')
    .split(/^-{20,} /m)
    .slice(1)
  return blocks.flatMap((block) => {
    const [, date = '', time = '', direction = ''] =
      /^(\S+) (\d\d:\d\d:\d\d\.\d+)\n\S+ message (sent|received)/.exec(block) ?? []
    const text = block.slice(block.indexOf('\n\n') + 2)
    const at = Date.parse(`${date}T${time.slice(0, 12)}Z`) + Number(`0.${time.slice(12) || 0}`)
    return direction === '' || text.startsWith('INFO sip:hook@')
      ? []
      : [{ at, sent: direction === 'sent', line: text.split(/\r?\n/)[0] ?? '', text }]
  })
}
