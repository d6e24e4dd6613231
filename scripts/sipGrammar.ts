// SIP.js's grammar decodes its two hundred rules anew for every header it reads, which is a third of the time between
// an INVITE and the ring on the screen. In our bundle they are decoded once. SIP.js is frozen and pinned
// (docs/decisions/0008-telephone-on-sip-js-core.md); another grammar than the known one ends the build.
import type { Plugin } from 'vite'

const grammar = /sip\.js\/lib\/grammar\/pegjs\/dist\/grammar\.js$/
const rules = 'const peg$bytecode = ['

export const rulesDecodedOnce = (code: string): string => {
  const [before, after, ...more] = code.split(rules)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error('the grammar of SIP.js is not the one that is known; look at scripts/sipGrammar.ts')
  return `let decodedRules;\n${before}const peg$bytecode = decodedRules ??= [${after}`
}

export const sipGrammar = (): Plugin => ({
  name: 'sip-grammar',
  transform: (code, id) =>
    grammar.test(id.replaceAll('\\', '/')) ? { code: rulesDecodedOnce(code), map: null } : null,
})
