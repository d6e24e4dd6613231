// What a command line, a second start and a clicked link may say.
import { describe, expect, test, vi } from 'vitest'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { readStartArguments, weakens } = await import('../../electron/startArguments.ts')
const { numberOfLink } = await import('../../electron/deepLink.ts')
const { mayOpen } = await import('../../electron/externalLinks.ts')

const lines: readonly (readonly [line: readonly string[], dial: string | null])[] = [
  [[], null],
  [['tel:12351'], '12351'],
  [['TEL:12351'], '12351'],
  [['tel:+86-23-6312-3456'], '+862363123456'],
  [['tel:%2B862363123456'], '+862363123456'],
  [['tel:(023)%2063123456'], '02363123456'],
  [['tel://12351/'], '12351'],
  [['tel:12351;phone-context=evil.example'], '12351'],
  [['tel:12351?subject=x'], '12351'],
  [['sip:1002@practice.invalid'], '1002'],
  [['sips:1002@practice.invalid;transport=ws'], '1002'],
  [['sip:alice@example.com'], null],
  [['tel:'], null],
  [['tel:1'], null],
  [['tel:12345678901234567890123456789012345'], null],
  [['tel:12351%00'], null],
  [['tel:%E0%A4%A'], null],
  [['tel:12351 --remote-debugging-port=9222'], null],
  [['tel:12351\n--data=/tmp/x'], null],
  [['callto:12351'], null],
  [['http://tel:12351@example.com/'], null],
  [['--tel:12351'], null],
  [['/usr/bin/hotline-seat', '--allow-file-access-from-files', 'tel:12351', 'tel:110'], '12351'],
  [['tel:javascript:alert(1)'], null],
  [['tel:１２３５１'], null],
]

describe('links and command lines', () => {
  test.each(lines)('[E22] %j asks to dial %s', (line, dial) => {
    expect(readStartArguments(line).dial).toBe(dial)
  })

  test('[E22] a data folder and a hidden start are understood, and nothing else', () => {
    expect(readStartArguments(['--data=/tmp/seat', '--hidden', '--devtools', 'x'])).toEqual({
      data: '/tmp/seat',
      hidden: true,
      dial: null,
    })
    expect(readStartArguments([`--data=${'x'.repeat(5000)}`]).data).toBe(null)
  })

  test('[E22] a link of five megabytes yields nothing, and is not searched for ever', () => {
    expect(numberOfLink(`tel:${'1'.repeat(5_000_000)}`)).toBe(null)
  })
})

describe('switches that would weaken the program', () => {
  const refused = [
    ['--remote-debugging-port=9222', '--remote-debugging-port'],
    ['--remote-debugging-pipe', '--remote-debugging-pipe'],
    ['--inspect', '--inspect'],
    ['--inspect-brk=0.0.0.0:9229', '--inspect-brk'],
    ['/remote-debugging-port=1', '--remote-debugging-port'],
    ['-remote-debugging-port=1', '--remote-debugging-port'],
    ['--REMOTE-DEBUGGING-PORT=1', '--remote-debugging-port'],
    ['--no-sandbox', '--no-sandbox'],
    ['--disable-web-security', '--disable-web-security'],
    ['--ignore-certificate-errors', '--ignore-certificate-errors'],
    ['--load-extension=/tmp/x', '--load-extension'],
    ['--js-flags=--expose-gc', '--js-flags'],
    ['--user-data-dir=/tmp', '--user-data-dir'],
    ['--host-rules=MAP * 127.0.0.1', '--host-rules'],
  ] as const

  test.each(refused)('[E23] [E04] a packaged program refuses %s', (word, name) => {
    expect(weakens(['tel:12351', word], {}, true)).toEqual({ kind: 'switch', name })
  })

  test('[E23] in development a debugger may attach', () => {
    expect(weakens(['--remote-debugging-port=0', '--inspect=0'], {}, false)).toBe(null)
  })

  test('[E21] switching TLS checks off is refused, also in development', () => {
    const answer = { kind: 'variable', name: 'NODE_TLS_REJECT_UNAUTHORIZED' }
    expect(weakens([], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, false)).toEqual(answer)
    expect(weakens([], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, true)).toEqual(answer)
    expect(weakens([], { SSLKEYLOGFILE: '/tmp/keys' }, true)?.name).toBe('SSLKEYLOGFILE')
    expect(weakens(['--hidden', '--data=/x', 'tel:12351'], {}, true)).toBe(null)
  })
})

describe('addresses for the system browser', () => {
  test('[E15] only https, only listed hosts', () => {
    const centre = 'https://centre.example:8443/seat'
    const opened = [
      'https://flk.npc.gov.cn/detail',
      'https://centre.example:8443/x',
      'https://www.acftu.org/',
    ]
    const refused = [
      'http://www.acftu.org/',
      'https://www.acftu.org.evil.example/',
      'https://evil.example/www.acftu.org',
      'https://user:pass@www.acftu.org/',
      'https://centre.example/other-port',
      'file:///etc/passwd',
      'file://server/share/x.exe',
      'smb://server/share',
      'ms-msdt:/id PCWDiagnostic',
      'javascript:alert(1)',
      'data:text/html,x',
      'tel:12351',
      '\\\\server\\share',
      '',
    ]
    expect(opened.filter((address) => !mayOpen(address, centre))).toEqual([])
    expect(refused.filter((address) => mayOpen(address, centre))).toEqual([])
    expect(mayOpen(centre, null)).toBe(false)
  })
})
