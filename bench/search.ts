// Looking for calls among 100,000 of the seat's own store, sealed, beside the same store without sealing: by number, its
// end, and parts of a name, each as the screens ask for it.
import { fileURLToPath } from 'node:url'
import type { Bench } from './main.ts'
import { aNamedRecord } from './material.ts'
import { bundle, openPage } from './page.ts'
import type { SearchBench } from './pages/searchPage.ts'
import { median, ratioOf } from './rows.ts'

declare const bench: SearchBench

const count = 100_000
const limitMs = 300
const someone = aNamedRecord(77_777)
const { number } = someone
const name = someone.form?.callerName ?? ''

const questions: Record<string, { text?: string; number?: string }> = {
  "a caller's history": { number },
  'whole number': { text: number },
  'last 8 digits': { text: number.slice(-8) },
  'last 4 digits': { text: number.slice(-4) },
  'last 3 digits': { text: number.slice(-3) },
  'whole name, three letters': { text: name },
  'two letters of a name': { text: name.slice(1) },
  'a surname': { text: name.slice(0, 1) },
  'a number nobody has': { text: '10000000000' },
  'a name nobody has': { text: `${name.slice(0, 1)}${name.slice(0, 1)}${name.slice(1, 2)}` },
}

export const search: Bench = async ({ rounds }) => {
  const opened = await openPage(
    await bundle(fileURLToPath(new URL('./pages/searchPage.ts', import.meta.url))),
  )
  const times = new Map<string, number[]>()
  const found = new Map<string, number>()
  try {
    for (const store of ['sealed', 'unsealed'] as const) {
      await opened.page.evaluate(([which, n]) => bench.fill(which, n), [store, count] as const)
      console.error(`${store}: ${count} calls stored`)
    }
    for (let round = 0; round < (rounds ?? 15); round++)
      for (const [what, question] of Object.entries(questions))
        for (const store of round % 2 === 0 ? ['sealed', 'unsealed'] : ['unsealed', 'sealed']) {
          const answer = await opened.page.evaluate(([which, asked]) => bench.ask(which, asked), [
            store,
            question,
          ] as const)
          const key = `${store} ${what}`
          times.set(key, [...(times.get(key) ?? []), answer.ms])
          found.set(key, answer.found)
        }
  } finally {
    await opened.close()
  }
  const differs = Object.keys(questions).filter(
    (what) => found.get(`sealed ${what}`) !== found.get(`unsealed ${what}`),
  )
  if (differs.length > 0) throw new Error(`sealed finds other calls: ${differs.join(', ')}`)
  return Object.keys(questions).map((what) => {
    const ours = times.get(`sealed ${what}`) ?? []
    const unsealed = times.get(`unsealed ${what}`) ?? []
    return {
      metric: `${what} (${found.get(`sealed ${what}`)} found)`,
      unit: 'ms',
      ours: median(ours),
      peers: { 'ours unsealed': median(unsealed), 'slowest of ours': Math.max(...ours) },
      ratio: ratioOf(ours, unsealed),
      goal: `≤ ${limitMs} ms`,
      met: median(ours) <= limitMs,
      n: ours.length,
    }
  })
}
