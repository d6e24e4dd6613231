// Tells the queue one word at a time, in order, so that the last word is the one it keeps [SEAT-8]. A lost word is
// repeated, at last every half minute, until it is heard or a newer one has taken its place [SEAT-13]: core believes it
// said and will not say it again. Which word is core's to say.
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

/** So often the line may have lost it; then the agent is told. */
const quietFailures = 4
const longestPauseMs = 30_000

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
  /** The agent was told that the queue does not know; so it is told when it does. */
  let isTroubled = false
  let hasLeft = false

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

  /** Says the first word that waits; true: it is worth going on at once. */
  const sayFirst = async (first: Waiting): Promise<boolean> => {
    const said = await isSaid(first.word)
    if (said) words = words.filter((each) => each !== first)
    if (words[0] !== first) return true
    first.failures += 1
    if (first.failures < quietFailures) return false
    if (first.failures === quietFailures) {
      isTroubled = true
      world.notices.tell(world.text().app.told.queueUntold, true)
    }
    // A queue that takes no sign-in may know this seat already. The state is said once more behind the sign-in all the same.
    const state = words[1]
    if (state) await isSaid(state.word)
    return words[0] !== first || words[1] !== state
  }

  const talk = async (): Promise<void> => {
    for (let first = words[0]; first; first = words[0]) {
      if (await sayFirst(first)) continue
      await pause(Math.min(longestPauseMs, 1000 * 2 ** (first.failures - 1)))
    }
    talking = null
    if (isTroubled && !hasLeft) world.notices.tell(world.text().app.told.queueToldLate)
    isTroubled = false
  }

  return {
    tell(word) {
      // Ready and not ready take each other's place; signing in comes before either, signing out after all.
      const before =
        word === 'signIn' || word === 'signOut' ? [] : words.filter((each) => each.word === 'signIn')
      words = [...before, { word, failures: 0 }]
      hasLeft = word === 'signOut'
      cutShort()
      talking ??= talk()
    },
    told: () => talking ?? Promise.resolve(),
  }
}
