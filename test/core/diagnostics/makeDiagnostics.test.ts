// The diagnostics file must help support and know nobody. Made-up people, numbers and secrets are put wherever text can
// come from; none may come out.
import { createHash } from 'node:crypto'
import { assert, asyncProperty, constantFrom, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Diagnostics } from '../../../contract/diagnostics.ts'
import { defaultSettings } from '../../../contract/settings.ts'
import { makeDiagnostics } from '../../../core/diagnostics/makeDiagnostics.ts'
import type { Known } from '../../../core/diagnostics/makeDiagnostics.ts'
import { noMemory, withEvent, withSip } from '../../../core/diagnostics/memory.ts'
import { traceOf } from '../../../core/diagnostics/sipStep.ts'
import { aForm } from '../../makers/forms.ts'
import { aReadySeat } from '../../makers/seats.ts'
import { at, morning } from '../../makers/stamps.ts'
import { aFiled, aSession } from '../../makers/traffic.ts'

const hash = async (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

const invite = (number: string, name: string, callId = 'abc-1@host') =>
  [
    `INVITE sip:1001@seat.invalid SIP/2.0`,
    `Via: SIP/2.0/WS 127.0.0.1`,
    `From: "${name}" <sip:${number}@pbx>;tag=1`,
    `P-Asserted-Identity: "${name}" <sip:${number}@pbx>`,
    `CSeq: 7 INVITE`,
    `Call-ID: ${callId}`,
    '',
    'v=0',
  ].join('\r\n')

const known = (over: Partial<Known> = {}): Known => ({
  madeAt: morning,
  about: { version: '0.1.0', runtime: 'Electron 1', secrets: 'keychain' },
  protocol: 3,
  browser: 'Chromium',
  reference: 4,
  session: aSession(),
  offlineSignIn: false,
  settings: defaultSettings,
  state: aReadySeat(),
  sync: {
    badge: 'offline',
    waiting: 3,
    refused: 0,
    sending: false,
    oldestPutAt: morning,
    troubleSince: morning,
    problem: { code: 'unreachable', text: 'x' },
    nextTryAt: null,
    lastStoredAt: null,
    lastPulledAt: morning,
    skewMs: 0,
  },
  memory: noMemory,
  anomalies: [],
  records: [],
  microphones: [],
  speakers: [],
  storage: null,
  ...over,
})

describe('one SIP message', () => {
  test('[DIAG-2] its kind, its call and its size are kept, nothing else', () => {
    const text = invite('13800008000', '王建平')
    expect(traceOf('in', text, 5)).toEqual({
      at: 5,
      way: 'in',
      what: 'INVITE',
      of: 'INVITE',
      cseq: 7,
      callId: 'abc-1@host',
      bytes: text.length,
    })
    const answer = 'SIP/2.0 486 Busy Here\r\ni: x1\r\ncseq: 2 INVITE\r\n\r\n'
    expect(traceOf('out', answer, 5)).toMatchObject({ what: '486', of: 'INVITE', cseq: 2, callId: 'x1' })
    expect(traceOf('in', '\r\n\r\n', 5)).toBeNull()
  })

  test('[DIAG-2] [F28] whatever arrives, reading it fails nowhere and takes nothing over', async () => {
    const line = constantFrom(
      'SIP/2.0 ',
      'INVITE ',
      'CSeq: ',
      'Call-ID: ',
      '王建平',
      '13800008000',
      '\r\n',
      ' ',
      '1',
    )
    const rubbish = tuple(line, string({ unit: 'grapheme' }), line, string()).map((parts) => parts.join(''))
    const holds = asyncProperty(rubbish, async (text) => {
      const step = traceOf('in', text, morning)
      if (step === null) return text.trim() === ''
      const made = await makeDiagnostics(known({ memory: withSip(noMemory, step) }), hash)
      return made.sip.length === 1 && !/13800008000|王建平/.test(JSON.stringify(made))
    })
    await expect(assert(holds)).resolves.toBeUndefined()
    const huge = traceOf('in', `INVITE sip:x SIP/2.0\r\nX: ${'a'.repeat(1_000_000)}`, 1)
    expect(huge).toMatchObject({ what: 'INVITE', of: 'INVITE', callId: null })
  })

  test('[DIAG-2] only the last ones are remembered', () => {
    let memory = noMemory
    for (let n = 0; n < 2_000; n += 1) {
      const step = traceOf('in', invite('1', 'x', `c${n}`), n)
      if (step) memory = withSip(memory, step)
      memory = withEvent(memory, { type: 'messageDropped', first: 'INVITE', ...at(n) })
      memory = withEvent(memory, { type: 'linkChanged', link: { link: 'silent' }, ...at(n) })
    }
    expect([memory.sip.length, memory.links.length, memory.dropped.length]).toEqual([600, 200, 100])
    expect(memory.sip.at(-1)?.callId).toBe('c1999')
  })
})

describe('the file', () => {
  test('[DIAG-1] [T09] whatever a person, a PBX or a disk puts into any text, it does not come out', async () => {
    const secret = string({ minLength: 6, maxLength: 24 }).filter((text) => /[^\w .:-]/.test(text))
    const canaries = tuple(
      constantFrom('13800008000', '01065550000', '+8613900001234'),
      constantFrom('王建平', '欧阳示例'),
      secret,
    )
    const holds = asyncProperty(canaries, async ([number, name, word]) => {
      const call = aFiled(1, {
        number,
        name,
        place: word,
        queue: word,
        callRef: `${word}-${number}`,
        legId: name,
        hangUpReason: 'SR',
        endCause: { protocol: 'SIP', code: 486, text: word },
        form: aForm({ callerName: name, contactNumber: number, cause: word, course: word }),
      })
      const session = aSession()
      const step = traceOf('in', invite(number, name, word), morning)
      let memory = step ? withSip(noMemory, step) : noMemory
      const link = { link: 'notRegistered', why: 'refused', text: word } as const
      memory = withEvent(memory, { type: 'linkChanged', link, ...at(1) })
      memory = withEvent(memory, { type: 'messageDropped', first: word, ...at(2) })
      const made = await makeDiagnostics(
        known({
          session: {
            ...session,
            token: word,
            refreshToken: word,
            account: { ...session.account, name },
            sip: session.sip && { ...session.sip, password: word, servers: [`wss://${number}.example/ws`] },
          },
          settings: {
            ...defaultSettings,
            lastAccount: number,
            centre: `https://${number}.example`,
            microphone: word,
          },
          sync: { ...known().sync, problem: { code: 'failed', text: `${name} ${number}` } },
          memory,
          anomalies: [{ at: morning, what: word }],
          records: [call],
          microphones: [{ id: word, label: 'Headset' }],
        }),
        hash,
      )
      const text = JSON.stringify(made)
      return ![number, number.slice(-8), name, word].some((canary) => text.includes(canary))
    })
    await expect(assert(holds)).resolves.toBeUndefined()
  })

  test('[DIAG-3] support finds the call in the PBX log by hashing what stands there', async () => {
    const step = traceOf('in', invite('13800008000', '王建平', 'pbx-call-9'), morning)
    const records = [aFiled(1, { callRef: 'rig-77', legId: 'rig-77.2' })]
    const made = await makeDiagnostics(
      known({ records, memory: step ? withSip(noMemory, step) : noMemory }),
      hash,
    )
    expect(made.sip[0]).toMatchObject({ what: 'INVITE', call: await hash('pbx-call-9') })
    expect(made.calls[0]).toMatchObject({ ref: await hash('rig-77'), leg: await hash('rig-77.2') })
  })

  test('[DIAG-1] the list itself has no room for free text', () => {
    const strings: string[] = []
    const look = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return
      const node = schema as Record<string, unknown>
      if (node['type'] === 'string' && !node['pattern'] && !node['enum'] && node['const'] === undefined)
        strings.push(path)
      for (const [key, value] of Object.entries(node))
        look(value, key === 'properties' ? path : `${path}.${key}`)
    }
    look(Diagnostics.toJSONSchema(), '')
    // What the program, the browser and the operating system call themselves and their devices.
    expect(new Set(strings.map((path) => path.split('.').at(-1)))).toEqual(
      new Set(['browser', 'label', 'program', 'runtime']),
    )
  })

  test('[DIAG-1] settings show switches as they are and choices only as chosen', async () => {
    const settings = { ...defaultSettings, lastAccount: '1001', microphone: 'mic-1', ringVolume: 0.4 }
    const made = await makeDiagnostics(
      known({ settings, microphones: [{ id: 'mic-1', label: 'Headset' }] }),
      hash,
    )
    expect(made.settings).toMatchObject({
      lastAccount: 'set',
      microphone: 'set',
      speaker: 'unset',
      centre: 'unset',
      ringVolume: 0.4,
      language: 'zh-CN',
      echoCancellation: true,
    })
    expect(made.devices).toEqual([
      { kind: 'microphone', id: await hash('mic-1'), label: 'Headset', chosen: ['microphone'] },
    ])
  })
})
