// Gets what a call leaves behind onto the disk: a save that failed is said and tried again, with growing pauses, for as
// long as the page lives [CALL-12]. What is saved is core's to say; how, the Records port's.
import type { Answer } from '../contract/answer.ts'
import type { Clock } from '../core/ports.ts'
import type { Notices } from './notices.ts'
import type { Text } from './text/catalogue.ts'

export type Save = {
  /** What it is about: a newer save of the same thing takes the place of one that has not succeeded yet. */
  readonly about: string
  /** Nothing takes the place of it: the call is over. */
  readonly final: boolean
  run(): Promise<Answer<null>>
}

export type Saver = {
  save(save: Save): void
  /** Resolves when nothing waits to be saved. */
  allSaved(): Promise<void>
}

const firstPauseMs = 1_000
const longestPauseMs = 30_000
/** The same bytes will be refused again. */
const isHopeless = (code: string): boolean => code === 'bad_input' || code === 'too_large'

export const keepSaving = (world: {
  readonly clock: Clock
  readonly notices: Pick<Notices, 'tell'>
  text(): Text
}): Saver => {
  const waiting = new Map<string, Save>()
  let whenSaved: (() => void)[] = []

  const over = (save: Save): void => {
    waiting.delete(save.about)
    if (waiting.size > 0) return
    const told = whenSaved
    whenSaved = []
    for (const tell of told) tell()
  }
  const attempt = async (save: Save, failures: number): Promise<void> => {
    const answer = await save.run()
    if (waiting.get(save.about) !== save) return
    if (!answer.ok) world.notices.tell(answer.problem.text, true)
    else if (failures > 0) world.notices.tell(world.text().app.told.savedLate)
    if (answer.ok || isHopeless(answer.problem.code)) return over(save)
    world.clock.after(Math.min(longestPauseMs, firstPauseMs * 2 ** failures), () => {
      if (waiting.get(save.about) === save) void attempt(save, failures + 1)
    })
  }

  return {
    save(save) {
      if (waiting.get(save.about)?.final && !save.final) return
      waiting.set(save.about, save)
      void attempt(save, 0)
    },
    allSaved: () =>
      waiting.size === 0 ? Promise.resolve() : new Promise((resolve) => whenSaved.push(resolve)),
  }
}
