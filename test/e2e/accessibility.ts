// Serious and critical accessibility faults of a page or a part of it, as axe-core finds them, each with the first offending
// element.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Finding = {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** `parts`: selectors; the first that is there is looked at, else the whole page. */
export const seriousOf = async (page: Page, parts: readonly string[] = []): Promise<string[]> => {
  await page.evaluate(axe)
  return page.evaluate(async (selectors) => {
    const part = selectors.map((each) => document.querySelector(each)).find((each) => each !== null)
    const { axe: finder } = globalThis as unknown as {
      axe: { run(on: Node, options: object): Promise<{ violations: Finding[] }> }
    }
    // Of what passed it need not say where: that takes twice as long as finding the rest.
    const { violations } = await finder.run(part ?? document, { resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 160)}`)
  }, parts)
}
