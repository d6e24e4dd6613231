// Tells the queue one word at a time, in order, so that the last word is the one it keeps [SEAT-8]. A lost word is
// repeated after 1, 2 and 4 s unless a newer one has taken its place. Which word is core's to say.
import type { SipAccount } from '../contract/softphone.ts'
import type { QueueWord } from '../core/effects.ts'
import type { Clock, Phone } from '../core/ports.ts'
import type { Notices } from './notices.ts'
import type { Text } from './text/catalogue.ts'

export type QueueTeller = {
  tell(word: QueueWord): void
  /** Resolves when the queue has heard the last word, or will not any more. */
  told(): Promise<void>
}

type Waiting = { readonly word: QueueWord; failures: number }

const mostFailures = 4

export const queueTeller = (world: {
  readonly sip: SipAccount | null
  readonly phone: Pick<Phone, 'tellQueue'>
  readonly clock: Clock
  readonly notices: Pick<Notices, 'tell'>
  text(): Text
}): QueueTeller => {
  let words: readonly Waiting[] = []
  let talking: Promise<void> | null = null
  let cutShort = (): void => undefined

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = world.clock.after(ms, resolve)
      cutShort = () => {
        cancel()
        resolve()
      }
    })

  /** True: this word needs no repeating. The farewell is said once: nobody waits for it. */
  const isSaid = async (word: QueueWord): Promise<boolean> => {
    const code = world.sip?.queueCodes?.[word]
    return code === undefined || (await world.phone.tellQueue(code)).ok || word === 'signOut'
  }

  const talk = async (): Promise<void> => {
    for (let first = words[0]; first; first = words[0]) {
      const said = await isSaid(first.word)
      if (words[0] !== first) continue
      if (!said) first.failures += 1
      if (!said && first.failures < mostFailures) {
        await pause(1000 * 2 ** (first.failures - 1))
        continue
      }
      if (!said) world.notices.tell(world.text().app.told.queueUntold, true)
      words = words.slice(1)
    }
    talking = null
  }

  return {
    tell(word) {
      // Ready and not ready take each other's place; signing in comes before either, signing out after all.
      const before =
        word === 'signIn' || word === 'signOut' ? [] : words.filter((each) => each.word === 'signIn')
      words = [...before, { word, failures: 0 }]
      cutShort()
      talking ??= talk()
    },
    told: () => talking ?? Promise.resolve(),
  }
}
