// What `npm run package` and `npm start` make of out/: the installable program on a stub runtime, the server from
// another folder with nothing but Node, and the command that only starts the centre.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test } from 'vitest'
import { api } from '../../contract/api.ts'
import { checkPackage } from '../../scripts/packageCheck.ts'

const root = join(import.meta.dirname, '../..')
const work = mkdtempSync(join(tmpdir(), 'shipped-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** Runs a program until a line has its address; `stop` ends it and answers its exit code. */
async function started(args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve))
  const lines: string[] = []
  const first = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      if (/http:\/\/127\.0\.0\.1:\d+/.test(line)) resolve(line)
    })
    void gone.then((code) => reject(new Error(`ended with ${code} before it said where it is`)))
  })
  const line = await first
  const stop = async () => {
    child.kill('SIGINT')
    return await gone
  }
  return { line, lines, stop }
}

describe('the package', () => {
  test('[E19] [E04] holds out/ and package.json, two languages, and every fuse as stated', async () => {
    const { lines, wrong } = await checkPackage(root)
    expect(wrong).toEqual([])
    expect(lines.length).toBeGreaterThan(18)
  })
})

describe('the bundled server', () => {
  test('runs with Node alone from a folder that has no packages, exchange and all', async () => {
    cpSync(join(root, 'out'), join(work, 'out'), { recursive: true })
    const options = ['--demo', '--practice', '--port', '0', '--data', join(work, 'data')]
    const server = await started([join(work, 'out/server/main.js'), ...options], work)
    const { address }: { address: string } = JSON.parse(server.line)
    const health = api.health.output.parse((await (await fetch(`${address}/health`)).json()).value)
    expect(health.pbx[0]).toMatch(/^ws:\/\/127\.0\.0\.1:\d+/)
    expect(await (await fetch(`${address}/`)).text()).toContain('<div id="root">')
    expect(await server.stop()).toBe(0)
  })
})

describe('npm start -- --headless', () => {
  test('prints the address in one line, then the accounts, serves the page, and ends with Ctrl+C', async () => {
    const options = ['--headless', '--data', join(work, 'headless')]
    const centre = await started([join(root, 'scripts/start.ts'), ...options], root)
    const address = /^(http:\/\/127\.0\.0\.1:\d+) {2}在浏览器里打开/.exec(centre.line)?.[1]
    expect(await (await fetch(`${address}/`)).text()).toContain('<div id="root">')
    const accounts = () => centre.lines.filter((line) => /^工号 \d{4} {2}密码 \S+ {2}/.test(line))
    await expect.poll(() => accounts().length).toBeGreaterThan(4)
    expect(await centre.stop()).toBe(0)
  })
})
