// SIP.js's grammar makes its two hundred rules, its letters and its readers anew for every header it reads, and notes
// what it would have liked to see, for an error nobody is shown: half the time an INVITE takes to be read. In our bundle
// it is opened once and notes nothing. SIP.js is frozen and pinned (docs/decisions/0008-telephone-on-sip-js-core.md);
// another grammar than the known one ends the build.
import type { Plugin } from 'vite'

const grammar = /sip\.js\/lib\/grammar\/pegjs\/dist\/grammar\.js$/

/** Where the parser is made, where it learns which rule to begin with, where it reads, where it is given away. */
const opens = 'function peg$parse(input, options) {\n    options = options !== undefined ? options : {};\n'
const starts = /    if \(options\.startRule !== undefined\) \{\n[\s\S]*?\n    \}\n/
const reads = '    options.data = {}; // Object to which header attributes will be assigned during parsing\n'
const begins = '    peg$result = peg$parseRule(peg$startRuleIndex);\n'
const ends = '}\nexport const parse = peg$parse;'

/** Between two headers the parser forgets everything; `peg$silentFails` above nought: no notes for an error. */
const forgets = [
  'peg$startRuleIndex = 119',
  'peg$currPos = peg$savedPos = peg$maxFailPos = 0',
  'peg$posDetailsCache.length = 1',
  'peg$maxFailExpected = []',
  'peg$silentFails = 1',
]

export const openedOnce = (code: string): string => {
  const rule = starts.exec(code)?.[0] ?? ''
  const swap = (text: string, from: string, to: string): string => {
    const [before, after, ...more] = text.split(from)
    if (from === '' || before === undefined || after === undefined || more.length > 0)
      throw new Error('the grammar of SIP.js is not the one that is known; look at scripts/sipGrammar.ts')
    return `${before}${to}${after}`
  }
  const opened = swap(code, opens, 'function openParser() {\n    let input = "", options = {};\n')
  const unruled = swap(opened, rule, '')
  const reading = `    return (text, asked) => {
    input = text;
    options = asked;
    ${forgets.join(';\n    ')};
${rule}${reads}${begins}`
  const read = swap(swap(unruled, reads, ''), begins, reading)
  return swap(
    read,
    ends,
    '    };\n}\nlet parser;\nexport const parse = (text, asked) => (parser ??= openParser())(text, asked);',
  )
}

export const sipGrammar = (): Plugin => ({
  name: 'sip-grammar',
  transform: (code, id) =>
    grammar.test(id.replaceAll('\\', '/')) ? { code: openedOnce(code), map: null } : null,
})
