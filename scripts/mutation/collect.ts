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
    (rows: readonly unknown[]) =>
    (name: string, run: (...row: unknown[]) => unknown): void => {
      // As vitest does: the parts of a row that is a list are arguments of their own.
      for (const row of rows) add(name, () => run(...(Array.isArray(row) ? row : [row])))
    },
})
