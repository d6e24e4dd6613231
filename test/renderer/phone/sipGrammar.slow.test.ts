// The grammar as it stands in our bundle reads every header as SIP.js's own does.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openedOnce } from '../../../scripts/sipGrammar.ts'

type Grammar = { parse(input: string, options: { startRule: string; data?: unknown }): void }

const library = join(import.meta.dirname, '../../../node_modules/sip.js/lib/grammar')
const place = 'pegjs/dist/grammar.js'
const original = join(library, place)
const folder = mkdtempSync(join(tmpdir(), 'grammar-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const headers: readonly [string, string][] = [
  ['From', '"张示例" <sip:13800008000@pbx.test>;tag=1a2b'],
  ['To', '<sip:1001@pbx.test:5060;transport=ws>'],
  ['Via', 'SIP/2.0/WS 127.0.0.1:8088;branch=z9hG4bK1;rport=5060'],
  ['CSeq', '314 INVITE'],
  ['Contact', '<sip:asterisk@127.0.0.1:8088;transport=ws>;expires=60'],
  ['Request_Response', 'INVITE sip:1001@abc.invalid;transport=ws SIP/2.0'],
  ['Request_Response', 'SIP/2.0 200 OK'],
  ['Refer_To', '<sip:6001@pbx.test?Replaces=abc%3Bto-tag%3D1%3Bfrom-tag%3D2>'],
  ['Session_Expires', '1800;refresher=uas'],
  ['From', '没有引号的 <tel:12351'],
]

test('[PHONE-14] the grammar opened once reads headers, one after the other and wrong ones too, as SIP.js does', async () => {
  cpSync(library, folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const file = join(folder, place)
  writeFileSync(file, openedOnce(readFileSync(original, 'utf8')))
  const [ours, theirs]: Grammar[] = await Promise.all([
    import(pathToFileURL(file).href),
    import(pathToFileURL(original).href),
  ])
  const read = (grammar: Grammar | undefined, [startRule, text]: [string, string]): string => {
    const options: { startRule: string; data?: unknown } = { startRule }
    try {
      grammar?.parse(text, options)
    } catch {
      return 'refused'
    }
    return JSON.stringify(options.data)
  }
  for (const header of [...headers, ...headers])
    expect(read(ours, header), header[1]).toBe(read(theirs, header))
  expect(headers.map((header) => read(ours, header))).toContain('refused')
})

test('[PHONE-14] another grammar than the known one ends the build', () => {
  expect(() => openedOnce('export const parse = () => {}')).toThrow('not the one that is known')
})
