// The network between a seat and the centre as the browser's fetch sees it: requests and answers that are late,
// lost, doubled, overtaken or cut, a link that is down, a portal that answers for us.
import type { Dice } from './dice.ts'
import type { History } from './history.ts'
import type { SimCentre } from './centre.ts'
import type { Life, World } from './world.ts'
import { SimBlob } from './browser.ts'

export type NetFaults = {
  /** refused: found at once. blackhole: nobody answers. portal: somebody else does. */
  link: 'up' | 'refused' | 'blackhole' | 'portal'
  /** How likely each thing is for one request. */
  lost: number
  lostAnswer: number
  cut: number
  doubled: number
  late: number
  /** What the link carries each way. */
  bytesPerSecond: number
}

export const calmNet: NetFaults = {
  link: 'up',
  lost: 0,
  lostAnswer: 0,
  cut: 0,
  doubled: 0,
  late: 0,
  bytesPerSecond: 1e9,
}

/** Made-up personal data of the simulation; none of it may stand in an address or a header. */
export const canaries = ['13800008000', '王建平', '恒泽电子']

const gone = (): Error => new TypeError('fetch failed')

type Answered = {
  readonly status: number
  readonly headers: Record<string, string>
  readonly text: string | Error
}

/** As much of a Response as the seat uses. */
const responseOf = ({ status, headers, text }: Answered): Response =>
  Object.assign(Object.create(null) as Response, {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (name: string) => headers[name] ?? null },
    text: async () => {
      if (text instanceof Error) throw text
      return text
    },
  })

export const simFetch = (
  parts: { world: World; dice: Dice; history: History; centre: SimCentre; faults: NetFaults },
  seat: string,
  store: () => string,
  life: Life,
): typeof fetch => {
  const { world, dice, history, centre, faults } = parts
  const send = (
    request: { path: string; token: string | null; body: string },
    heard: (answer: Answered | Error) => void,
  ): void => {
    if (faults.link === 'refused') return void world.after(dice.between(1, 500), () => heard(gone()))
    if (faults.link === 'portal')
      return void world.after(dice.between(5, 100), () =>
        heard({ status: 200, headers: {}, text: '<html>请登录网络</html>' }),
      )
    if (faults.link === 'blackhole' || dice.chance(faults.lost)) return
    const from = store()
    const copies = dice.chance(faults.doubled) ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      // A late one may come after the seat gave it up and sent something newer.
      const late = dice.chance(faults.late) || copy > 0
      const carried = (text: string): number => (text.length / faults.bytesPerSecond) * 1000
      const underWay = carried(request.body) + (late ? dice.between(200, 240_000) : dice.between(2, 80))
      world.after(underWay, () =>
        centre.receive(request, from, (reply) => {
          if (copy > 0 || faults.link === 'blackhole' || dice.chance(faults.lostAnswer)) return
          const whole = JSON.stringify(reply?.answer ?? null)
          world.after(carried(whole) + dice.between(2, 80), () => {
            if (!reply) return heard(gone())
            const short = whole.slice(0, dice.between(0, whole.length - 1))
            const cut = dice.chance(faults.cut)
            heard({
              status: reply.status,
              headers: {
                'x-hotline-centre': centre.state().id,
                ...(reply.retryAfterMs === null
                  ? {}
                  : { 'retry-after': String(Math.ceil(reply.retryAfterMs / 1000)) }),
              },
              // Half the cuts are noticed by the browser (wrong length), half are not.
              text: !cut ? whole : dice.chance(0.5) ? short : gone(),
            })
          })
        }),
      )
    }
  }
  return (input, init) => {
    const { pathname: path, href } = new URL(String(input))
    const { authorization = '', ...headers } = Object.fromEntries(
      Object.entries((init?.headers ?? {}) as Record<string, string>),
    )
    const plain = JSON.stringify([href, headers])
    if (canaries.some((canary) => plain.includes(canary) || plain.includes(encodeURIComponent(canary))))
      history.add({ what: 'leaked', where: path })
    const body = init?.body
    const text = body instanceof SimBlob ? body.text : typeof body === 'string' ? body : ''
    history.add({ what: 'request', seat, path })
    return new Promise((resolve, reject) => {
      let open = true
      const settle = (answer: Answered | Error): void => {
        if (!open || life.over()) return
        open = false
        if (answer instanceof Error) return reject(answer)
        const wait = answer.headers['retry-after']
        const retryAfterMs = wait === undefined ? null : Number(wait) * 1000
        history.add({ what: 'answer', seat, path, status: answer.status, retryAfterMs })
        resolve(responseOf(answer))
      }
      init?.signal?.addEventListener('abort', () => settle(gone()))
      send({ path, token: authorization === '' ? null : authorization.slice(7), body: text }, settle)
    })
  }
}
