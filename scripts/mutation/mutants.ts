// Finds what can be got wrong in a source text: one mutant is one place where something else could stand. All of them
// are put into one text, each asleep until `globalThis.mutant` is its number, so that nothing is loaded twice.
import { parseAst } from 'vite'

export type Mutant = {
  readonly id: number
  readonly file: string
  readonly line: number
  readonly from: string
  readonly to: string
  /** Stands outside any function: it acts when the file is loaded and must be awake by then. */
  readonly atLoad: boolean
}

type Node = {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}
type Edit = {
  readonly start: number
  readonly end: number
  readonly to: string
  readonly isStatement: boolean
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const otherOperator: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '**': '*',
  '&&': '||',
  '||': '&&',
  '??': '&&',
}
const otherCall: Readonly<Record<string, string>> = { max: 'min', min: 'max', every: 'some', some: 'every' }
const functions = ['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration']
/** Types, names and addresses are nothing that runs. */
const skipped = ['typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'source', 'params']

const editsOf = (text: string, node: Node): Edit[] => {
  const { start, end } = node
  const whole = (to: string): Edit => ({ start, end, to, isStatement: false })
  const source = (value: unknown): string => (isNode(value) ? text.slice(value.start, value.end) : '')
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const other = otherOperator[String(node['operator'])]
      return other ? [whole(`${source(node['left'])} ${other} ${source(node['right'])}`)] : []
    }
    case 'ConditionalExpression':
      return [whole(source(node['consequent'])), whole(source(node['alternate']))]
    case 'IfStatement': {
      const { test } = node
      if (!isNode(test)) return []
      return ['true', 'false'].map((to) => ({ start: test.start, end: test.end, to, isStatement: false }))
    }
    case 'UnaryExpression':
      return node['operator'] === '!' ? [whole(source(node['argument']))] : []
    case 'Literal': {
      const { value } = node
      if (typeof value === 'boolean') return [whole(String(!value))]
      if (typeof value === 'number') return [whole(String(value + 1))]
      // A sentence may say what it likes; a word of the program may not.
      return typeof value === 'string' && /^\w+$/.test(value) ? [whole("'other'")] : []
    }
    case 'ArrayExpression':
      return Array.isArray(node['elements']) && node['elements'].length > 0 ? [whole('[]')] : []
    case 'CallExpression': {
      const { callee } = node
      const property = isNode(callee) ? callee['property'] : null
      if (!isNode(property)) return []
      const other = otherCall[source(property)]
      return other ? [{ start: property.start, end: property.end, to: other, isStatement: true }] : []
    }
    default:
      return []
  }
}

/** The text with every mutant asleep in it. `first`: number of its first mutant. */
export const mutantsOf = (
  file: string,
  text: string,
  first: number,
): { readonly text: string; readonly mutants: readonly Mutant[] } => {
  const mutants: Mutant[] = []
  const places = new Map<string, { start: number; end: number; ids: number[]; tos: string[] }>()
  const visit = (node: Node, inFunction: boolean, isKey: boolean): void => {
    for (const { start, end, to, isStatement } of isKey ? [] : editsOf(text, node)) {
      const id = first + mutants.length
      // A renamed method cannot be chosen where it stands: the whole call is written twice.
      const from = isStatement ? node : { start, end }
      const put = isStatement ? text.slice(node.start, start) + to + text.slice(end, node.end) : to
      const line = text.slice(0, start).split('\n').length
      mutants.push({ id, file, line, from: text.slice(from.start, from.end), to: put, atLoad: !inFunction })
      const key = `${from.start}-${from.end}`
      const place = places.get(key) ?? { start: from.start, end: from.end, ids: [], tos: [] }
      place.ids.push(id)
      place.tos.push(put)
      places.set(key, place)
    }
    const inner = inFunction || functions.includes(node.type)
    for (const [name, value] of Object.entries(node)) {
      if (skipped.includes(name)) continue
      const keyed = name === 'key' || name === 'property' || name === 'imported' || name === 'exported'
      for (const child of Array.isArray(value) ? value : [value])
        if (isNode(child) && (!child.type.startsWith('TS') || isNode(child['expression'])))
          visit(child, inner, keyed && node['computed'] !== true)
    }
  }
  const program: unknown = parseAst(text, { lang: 'ts' })
  if (isNode(program)) visit(program, false, false)

  /** Writes [start, end) anew, inner places inside outer ones. */
  const sorted = [...places.values()].sort((a, b) => a.start - b.start || b.end - a.end)
  const write = (start: number, end: number, from: number): string => {
    let out = ''
    let at = start
    for (let n = from; n < sorted.length; n++) {
      const place = sorted[n]
      if (!place || place.start >= end) break
      if (place.start < at || place.end > end) continue
      const inner = write(place.start, place.end, n + 1)
      const choices = place.ids.map((id, k) => `globalThis.mutant === ${id} ? (${place.tos[k] ?? ''}) : `)
      out += `${text.slice(at, place.start)}(${choices.join('')}(${inner}))`
      at = place.end
    }
    return out + text.slice(at, end)
  }
  return { text: write(0, text.length, 0), mutants }
}
