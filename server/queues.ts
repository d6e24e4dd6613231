// [SERVER-49] One piece of work at a time for what has a single session: short ones before long ones, within bounds.

/**
 * So many short ones go before a long one that waits: then it has its turn, or it would never come. Few, as those who only
 * look ask one statement after another, and who records or signs in needs a transaction.
 */
const mostOvertaking = 4

/** Done when its turn comes; resolves as the work itself does. */
type Queue = <T>(work: () => Promise<T>) => Promise<T>

export const openQueues = (): { readonly short: Queue; readonly long: Queue } => {
  const short: (() => Promise<void>)[] = []
  const long: (() => Promise<void>)[] = []
  let overtaking = 0
  let isBusy = false

  const next = (): (() => Promise<void>) | undefined => {
    const overtakes = short.length > 0 && long.length > 0 && overtaking < mostOvertaking
    overtaking = overtakes ? overtaking + 1 : 0
    return overtakes || long.length === 0 ? short.shift() : long.shift()
  }
  const run = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    for (let work = next(); work !== undefined; work = next()) await work()
    isBusy = false
  }
  const into =
    (waiting: (() => Promise<void>)[]): Queue =>
    (work) =>
      new Promise((resolve, reject) => {
        waiting.push(() => work().then(resolve, reject))
        void run()
      })
  return { short: into(short), long: into(long) }
}
