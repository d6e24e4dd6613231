// The exchange as a process: its line protocol, who can reach it, and that it never outlives its parent.
import { fork, spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { PracticeEvent } from '../../contract/practice.ts'
import { PATIENT } from './testExchange.ts'
import { openTestSeat } from './testSeat.ts'

const MAIN = join(import.meta.dirname, '../../practice/main.ts')
const accounts = [{ extension: '1001', password: 'secret-1001' }]

function start() {
  const child = spawn(process.execPath, [MAIN], { stdio: ['pipe', 'pipe', 'inherit'] })
  const events: PracticeEvent[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(PracticeEvent.parse(JSON.parse(line)))
  })
  return {
    pid: child.pid ?? 0,
    events,
    say: (message: string | object) =>
      child.stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`),
    leave: () => void child.stdin.end(),
    exit: new Promise<number | null>((resolve) => void child.once('exit', resolve)),
    async listening() {
      await expect.poll(() => events[0]?.event, PATIENT).toBe('listening')
      if (events[0]?.event !== 'listening') throw new Error('not listening')
      return events[0]
    },
  }
}

/** Local addresses of the UDP and TCP sockets a process holds, as /proc writes them; elsewhere than on Linux, none. */
function addressesOf(pid: number): string[] {
  if (process.platform !== 'linux') return []
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    }),
  )
  return ['udp', 'udp6', 'tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((row) => row.trim().split(/\s+/))
      .filter((columns) => inodes.has(columns[9] ?? ''))
      .map((columns) => columns[1]?.split(':')[0] ?? ''),
  )
}

describe('the process', () => {
  test('[PRACTICE-10] says where it listens, obeys, refuses what it cannot read, and goes when its parent goes', async () => {
    const practice = start()
    practice.say({ accounts })
    const { url, realm, personas } = await practice.listening()
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
    expect(personas).toHaveLength(6)
    const seat = await openTestSeat({ url, realm, extension: '1001', password: 'secret-1001' })
    expect(await seat.register()).toBe(200)
    practice.say({ do: 'ring', id: 'a', extension: '1001', persona: 'li' })
    await expect.poll(() => practice.events.some(({ event }) => event === 'ringing'), PATIENT).toBe(true)
    for (const bad of [
      'no json',
      '{"do":"dance"}',
      '{"do":"ring","id":"b","extension":"1001","persona":"x"}',
    ]) {
      practice.say(bad)
    }
    const refused = () =>
      practice.events.flatMap((one) => (one.event === 'refused' ? [one.problem.code] : []))
    await expect.poll(() => refused(), PATIENT).toEqual(['badCommand', 'badCommand', 'unknownPersona'])
    practice.leave()
    expect(await practice.exit).toBe(0)
    await seat.close()
  })

  test('[PRACTICE-1] nobody reaches it but over 127.0.0.1, sound included', async () => {
    const practice = start()
    practice.say({ accounts })
    const { url, realm } = await practice.listening()
    const seat = await openTestSeat({ url, realm, extension: '1001', password: 'secret-1001' })
    await seat.register()
    const call = await seat.dial('600')
    if (typeof call === 'number') throw new Error(`refused with ${call}`)
    await expect.poll(() => call.leg.packets(), PATIENT).toBeGreaterThan(10)
    const told = [...(call.leg.peer.remoteDescription?.sdp ?? '').matchAll(/a=candidate:(.*)/g)]
    expect(told.map(([, line]) => line?.split(' ')[4])).toEqual(['127.0.0.1'])
    const reached = new Promise<boolean>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.2')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    expect(await reached).toBe(false)
    expect(addressesOf(practice.pid).filter((address) => address !== '0100007F')).toEqual([])
    call.bye()
    practice.leave()
    await practice.exit
    await seat.close()
  })

  test('started with process messages, it speaks them, and leaves on close', async () => {
    const child = fork(MAIN, { stdio: 'inherit' })
    const events: PracticeEvent[] = []
    child.on('message', (message) => void events.push(PracticeEvent.parse(message)))
    const exit = new Promise((resolve) => void child.once('exit', resolve))
    child.send({ accounts })
    await expect.poll(() => events[0]?.event, PATIENT).toBe('listening')
    child.send({ do: 'close', id: 'bye' })
    expect(await exit).toBe(0)
    expect(events.at(-1)).toMatchObject({ event: 'done', id: 'bye' })
  })

  test('[PRACTICE-10] in a thread it speaks lines as well, and ends with its input', async () => {
    const worker = new Worker(MAIN, { stdin: true, stdout: true })
    const events: PracticeEvent[] = []
    createInterface({ input: worker.stdout }).on('line', (line) => {
      events.push(PracticeEvent.parse(JSON.parse(line)))
    })
    const exit = new Promise((resolve) => void worker.once('exit', resolve))
    worker.stdin?.write(`${JSON.stringify({ accounts })}\n`)
    await expect.poll(() => events[0]?.event, PATIENT).toBe('listening')
    worker.stdin?.end()
    expect(await exit).toBe(0)
  })

  test('a configuration it cannot use ends it with a reason, not with silence', async () => {
    const practice = start()
    practice.say({ accounts, voices: '/nowhere' })
    expect(await practice.exit).toBe(1)
  })
})
