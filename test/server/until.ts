// Waiting for a condition, instead of sleeping and hoping.

const pollMs = 15

/** Resolves as soon as `holds` does; fails naming what was waited for. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 10_000,
): Promise<void> => {
  const end = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms in vain: ${what}`)
    await new Promise((resolve) => {
      setTimeout(resolve, pollMs)
    })
  }
}
