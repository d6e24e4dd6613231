// Marks a branch the compiler has proven impossible; reaching it is a bug of ours, so it throws.
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
