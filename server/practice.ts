// The practice exchange as the practice centre runs it: its own process (a fault there must not touch the
// centre), JSON lines in and out, started again when it dies, on the same port. And the handlers of the
// practice page. How simulated callers behave is left to practice/.
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { done, failed, type Answer } from '../contract/answer.ts'
import {
  PracticeConfiguration,
  PracticeEvent,
  practiceRecording,
  type PersonaCard,
  type PracticeCommand,
} from '../contract/practice.ts'
import { AccountId } from '../contract/ids.ts'
import { PracticeCaller } from '../contract/practiceCalls.ts'
import type { SipAccount } from '../contract/softphone.ts'
import { Extension } from '../contract/ids.ts'
import { accountColumns, putAccount, type AccountRow } from './accounts.ts'
import type { Handler } from './centre.ts'
import { startExchangeProcess, type ExchangeProcess } from './exchangeProcess.ts'
import type { Log } from './log.ts'
import { problems } from './problems.ts'
import { openFor } from './session.ts'
import { newcomers } from './newcomers.ts'

const newcomerName = '新同事'
const startMs = 20_000
const orderMs = 5_000

export interface Exchange {
  readonly sipOf: (extension: string) => SipAccount | null
  readonly servers: () => readonly string[]
  readonly callers: () => readonly PersonaCard[]
  readonly order: (command: PracticeCommand) => Promise<Answer<null>>
  /** Newcomer seats handed out and when, so that two people never share one. */
  readonly handedOut: Map<string, number>
  close(): Promise<void>
}

const newPassword = (): string => randomBytes(18).toString('base64url')

export const startExchange = async (options: {
  readonly file: string
  readonly seats: readonly { readonly extension: string; readonly name: string }[]
  readonly log: Log
}): Promise<Exchange> => {
  const { log } = options
  const passwords = new Map(
    [...options.seats.map((seat) => seat.extension), ...newcomers].map((extension) => [
      extension,
      newPassword(),
    ]),
  )
  const nameOf = (extension: string): string =>
    options.seats.find((seat) => seat.extension === extension)?.name ?? newcomerName
  const pending = new Map<string, (answer: Answer<null>) => void>()
  let listening: Extract<PracticeEvent, { event: 'listening' }> | null = null
  let child: ExchangeProcess | null = null
  let closing = false
  let next = 0
  let pause = 500
  let started: (() => void) | null = null

  const take = (text: string): void => {
    let event: PracticeEvent
    try {
      event = PracticeEvent.parse(JSON.parse(text))
    } catch {
      log('warn', 'practice.unreadable')
      return
    }
    if (event.event === 'listening') {
      listening = event
      pause = 500
      started?.()
    } else if (event.event === 'done' || event.event === 'refused') {
      const settle = pending.get(event.id ?? '')
      pending.delete(event.id ?? '')
      if (event.event === 'done') settle?.(done(null))
      else settle?.(failed(event.problem.code === 'seatAway' ? 'conflict' : 'not_found', event.problem.text))
    } else if (event.event === 'fault') log('warn', 'practice.fault', { count: event.count })
  }

  const start = (): void => {
    const started_ = startExchangeProcess(options.file)
    child = started_
    const port = listening === null ? 0 : Number(new URL(listening.url).port)
    const accounts = [...passwords].map(([extension, password]) => ({
      extension,
      password,
      name: nameOf(extension),
    }))
    started_.stdin.on('error', () => undefined)
    started_.stdin.write(`${JSON.stringify(PracticeConfiguration.parse({ accounts, port }))}\n`)
    createInterface({ input: started_.stdout }).on('line', take)
    started_.onEnd((code) => {
      child = null
      for (const settle of pending.values()) settle(problems.exchangeAway())
      pending.clear()
      if (closing) return
      log('error', 'practice.stopped', { code })
      setTimeout(start, pause).unref()
      pause = Math.min(10_000, pause * 2)
    })
  }

  const ready = new Promise<void>((resolve) => {
    started = resolve
    setTimeout(resolve, startMs).unref()
  })
  start()
  await ready

  const order = (command: PracticeCommand): Promise<Answer<null>> =>
    new Promise((resolve) => {
      if (child?.stdin === null || child?.stdin === undefined) return resolve(problems.exchangeAway())
      const id = String((next += 1))
      pending.set(id, resolve)
      setTimeout(() => {
        if (pending.delete(id)) resolve(problems.exchangeAway())
      }, orderMs).unref()
      child.stdin.write(`${JSON.stringify({ ...command, id })}\n`)
    })

  /** An account made since the start is let in when it first signs in. */
  const passwordOf = (extension: string): string => {
    const known = passwords.get(extension)
    if (known !== undefined) return known
    const password = newPassword()
    passwords.set(extension, password)
    void order({ do: 'admit', account: { extension, password, name: '' } })
    return password
  }

  return {
    sipOf: (extension) =>
      listening === null
        ? null
        : {
            extension: Extension.parse(extension),
            servers: [listening.url],
            domain: listening.realm,
            password: passwordOf(extension),
            queueCodes: null,
            practice: true,
            echoNumber: '600',
            recordingCodes: practiceRecording,
            certificate: null,
          },
    servers: () => (listening === null ? [] : [listening.url]),
    callers: () => listening?.personas ?? [],
    order,
    handedOut: new Map(),
    close: async () => {
      closing = true
      const running = child
      if (running === null) return
      const gone = new Promise<void>((resolve) => running.onEnd(() => resolve()))
      running.stdin.end()
      const kill = setTimeout(() => running.kill(), 2_000)
      await gone
      clearTimeout(kill)
    },
  }
}

/** How long a seat handed out is kept for a page that has not opened its line yet. */
const keptMs = 15_000

export const practise: Handler<'session.practise'> = async (_input, asking, centre) => {
  const { exchange } = centre
  if (exchange === null) return problems.practiceOnly()
  const now = centre.now()
  const wait = centre.limits('signIn', asking.address)
  if (wait > 0) return problems.tooMany(wait)
  const seat = newcomers.find((extension) => {
    if (centre.feed.isLive(extension)) {
      exchange.handedOut.delete(extension)
      return false
    }
    return now - (exchange.handedOut.get(extension) ?? -keptMs) >= keptMs
  })
  if (seat === undefined) return problems.practiceFull()
  exchange.handedOut.set(seat, now)
  const known = await centre.database.rows('select 1 from accounts where id = $1', [seat])
  if (known.length === 0) {
    const account = {
      id: AccountId.parse(seat),
      name: newcomerName,
      role: 'agent' as const,
      department: null,
    }
    // Nobody signs in to it with a password.
    const password = randomBytes(24).toString('base64url')
    await putAccount(centre.database, { account, extension: seat, password }, now)
  }
  const [row] = await centre.database.rows<AccountRow>(
    `select ${accountColumns} from accounts a where a.id = $1`,
    [seat],
  )
  return row === undefined ? problems.failed() : done(await openFor(centre, row, asking.address))
}

export const practiceCallers: Handler<'practice.callers'> = async (_input, _asking, { exchange }) =>
  done((exchange?.callers() ?? []).map((card) => PracticeCaller.parse(card)))

export const orderPractice: Handler<'practice.order'> = async (input, { caller }, { exchange }) => {
  if (exchange === null) return problems.practiceOnly()
  if (caller === null) return problems.notSignedIn()
  const { extension } = caller
  if (extension === null) return problems.noTelephone()
  return exchange.order(
    input.do === 'ring'
      ? { do: 'ring', extension, persona: input.caller, waitedSeconds: 0 }
      : { do: 'cut', extension },
  )
}
