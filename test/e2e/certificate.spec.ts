// A real centre whose certificate is bad, and the real desktop in the stand-in before it: refused by Chromium, said at
// the door and on the sync page, and nothing of it arrives. Nobody's judgement is overridden: of the house's authority
// the browser knows from its own store of certificates, as when an administrator adds it there.
import { createHash, X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserAdvice, installedBrowser } from '../../host/installedBrowser.ts'
import { launchHost, type Host } from '../../host/launch.ts'
import { openAuthority, selfSigned, type Certificate } from '../makers/certificates.ts'
import { until } from '../pbx/until.ts'
import { describeOnFailure } from './lastScreen.ts'
import { startCentre, type CentreProcess } from './centreProcess.ts'

const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
const authority = openAuthority(folder)
const usual = getCACertificates('default')
const files = { cert: join(folder, 'centre.crt'), key: join(folder, 'centre.key') }
const data = join(folder, 'desktop')

let centre: CentreProcess
let host: Host
let page: Page
let ended = false

const show = ({ cert, key }: Certificate) => {
  writeFileSync(files.cert, cert)
  writeFileSync(files.key, key)
}
/** The same centre on the same port, with another certificate. */
const showAnew = async (certificate: Certificate) => {
  await centre.stop()
  show(certificate)
  await centre.start()
}

/** What the centre was asked, by its own log. */
const asked = (): readonly string[] =>
  readFileSync(join(folder, 'centre', 'server.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
    .flatMap((line) => (Object(line).route === undefined ? [] : String(Object(line).route)))

/** Chromium's own store: table and value of its certificate manager's "trusted certificates". */
const trustInBrowser = (pem: Buffer) => {
  const profile = join(data, 'browser-profile', 'Default')
  mkdirSync(profile, { recursive: true })
  const { raw } = new X509Certificate(pem)
  const store = new DatabaseSync(join(profile, 'ServerCertificate'))
  store.exec(`
    create table meta (key longvarchar not null unique primary key, value longvarchar);
    insert into meta values ('version', '1'), ('last_compatible_version', '1');
    create table certificates (
      sha256hash_hex text primary key, der_cert blob not null, trust_settings blob not null)`)
  const trusted = Buffer.from([0x0a, 0x02, 0x08, 0x03])
  const hash = createHash('sha256').update(raw).digest('hex')
  store.prepare('insert into certificates values (?, ?, ?)').run(hash, raw, trusted)
  store.close()
}

beforeAll(async () => {
  const browser = installedBrowser()
  if (browser === null) throw new Error(browserAdvice())
  const seats = join(folder, 'seats.json')
  writeFileSync(seats, JSON.stringify({ 1001: 'made-up' }), { mode: 0o600 })
  show(selfSigned(folder, 'own'))
  centre = await startCentre({
    data: join(folder, 'centre'),
    databaseUrl: null,
    // A telephone that nobody answers: the pages of a seat are only for those who have one.
    flags:
      `--demo --pbx wss://localhost:9/ws --seats ${seats} --tls-cert ${files.cert} --tls-key ${files.key}`.split(
        ' ',
      ),
  })
  setDefaultCACertificates([...usual, authority.cert.toString()])
  trustInBrowser(authority.cert)
  // Nobody is there.
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ centre: 'https://localhost:1' }))
  const launched = await launchHost({
    browser,
    data,
    headless: true,
    argv: [],
    args: ['--disable-background-networking', '--disable-component-update'],
    ended: () => (ended = true),
  })
  if (launched === null) throw new Error('another one holds this fresh folder')
  host = launched
  page = await until('a window', () => host.page().catch(() => null), 60_000)
  describeOnFailure(page)
})
afterAll(async () => {
  page.on('dialog', (question) => void question.accept())
  host.quit()
  await until('the end', () => ended)
  await centre.stop()
  setDefaultCACertificates(usual)
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

const said = {
  untrusted: '中心的证书不可信（如自签名），没有连接，什么都没有送出，内容在本机。请联系管理员检查证书。',
  expired: '中心的证书已过期，或电脑的时间不对，没有连接，什么都没有送出，内容在本机。请联系管理员更换证书。',
  wrongHost: '中心的证书不是这个地址的，没有连接，什么都没有送出，内容在本机。请联系管理员检查证书。',
}
const account = () => page.getByRole('textbox', { name: '工号' })
const password = () => page.getByLabel('密码', { exact: true })
const signIn = () => page.getByRole('button', { name: '签入', exact: true })

test('[E21] [DESK-27] signed by itself: said at the door, once its address is set and before a password is typed', async () => {
  await signIn().waitFor()
  // Of a centre that is merely away nothing is said yet.
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.getByRole('button', { name: '改中心地址' }).click()
  const address = centre.address.replace('127.0.0.1', 'localhost')
  await page.getByRole('textbox', { name: '中心地址' }).fill(address)
  await page.getByRole('button', { name: '保存地址' }).click()
  await page.getByRole('alert').getByText(said.untrusted, { exact: true }).waitFor()
  expect(asked()).toEqual([])
})

test.each([
  ['untrusted', () => openAuthority(mkdtempSync(join(folder, 'stranger-'))).issue('stranger')],
  ['expired', () => authority.issue('old', { days: -1 })],
  ['wrongHost', () => authority.issue('other', { host: 'elsewhere.test' })],
] as const)(
  '[E21] [DESK-27] %s: the seat says so, sends nothing, and what was typed stays',
  async (trouble, certificate) => {
    await showAnew(certificate())
    await account().fill('1001')
    await password().fill(centre.passwordOf('1001'))
    await signIn().click()
    await page.getByRole('alert').getByText(said[trouble], { exact: true }).waitFor()
    await expect.poll(() => signIn().isEnabled()).toBe(true)
    expect([await account().inputValue(), await password().inputValue()]).toEqual([
      '1001',
      centre.passwordOf('1001'),
    ])
    expect(asked()).toEqual([])
  },
)

test('[E21] [DESK-27] [DESK-28] a certificate of an authority the computer trusts: the same press signs in, and the page may reach the telephone exchange', async () => {
  let header = ''
  page.on('response', (response) => {
    header = response.headers()['content-security-policy'] ?? header
  })
  await showAnew(authority.issue('good'))
  await signIn().click()
  await page.getByRole('navigation').waitFor()
  await expect.poll(() => header).toContain('wss://localhost:9')
  await page.getByRole('navigation').waitFor()
  expect(asked().filter((route) => route === '/api/session/open')).toHaveLength(1)
})

test('[E21] [DESK-27] one that runs out during the work: the sync page says why the centre is away', async () => {
  await page.getByRole('navigation').getByRole('link', { name: '同步' }).click()
  await page.getByText('本机的都已到中心').waitFor()
  await showAnew(authority.issue('over', { days: -1 }))
  const before = asked().length
  await page.getByText(said.expired, { exact: true }).waitFor({ timeout: 60_000 })
  await page.getByText(/^离线/).first().waitFor()
  expect(asked()).toHaveLength(before)
})

test('[E21] [DESK-27] [SYNC-19] whoever has signed in here before signs in offline meanwhile', async () => {
  const before = asked().length
  await page.getByRole('button', { name: '切换状态' }).click()
  await page.getByRole('menuitem', { name: '签出' }).click()
  await account().fill('1001')
  await password().fill(centre.passwordOf('1001'))
  await signIn().click()
  await page.getByRole('navigation').getByRole('link', { name: '同步' }).click()
  await page.getByText(said.expired, { exact: true }).waitFor({ timeout: 60_000 })
  expect(asked()).toHaveLength(before)
})
