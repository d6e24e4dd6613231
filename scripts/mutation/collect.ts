// Stands in for vitest while mutants are tried: keeps the tests instead of running them. `expect` is the real one.
export { expect } from 'vitest'

type Run = () => unknown
export const collected: { readonly name: string; readonly run: Run }[] = []
const within: string[] = []

export const describe = (name: string, define: () => void): void => {
  within.push(name)
  define()
  within.pop()
}
const add = (name: string, run: Run): void =>
  void collected.push({ name: [...within, name].join(' › '), run })
export const test = Object.assign(add, {
  each:
    <T>(rows: readonly T[]) =>
    (name: string, run: (row: T) => unknown): void => {
      for (const row of rows) add(name, () => run(row))
    },
})
