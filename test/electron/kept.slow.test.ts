// What the desktop keeps on disk: settings, its own memory, secrets, its log.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { defaultSettings } from '../../contract/settings.ts'
import { app, safeStorage } from '../../host/application.ts'
import { aDataFolder } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { openMemory, openSettings } = await import('../../electron/settings.ts')
const { isSecretName, openSecrets } = await import('../../electron/secrets.ts')
const { note, openLog, redacted } = await import('../../electron/log.ts')

const json = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8'))
const folder = () => {
  const data = aDataFolder()
  app.setPath('userData', data)
  return data
}

describe('settings', () => {
  test('a fresh computer has the usual settings, and what is written is there next time', () => {
    const data = folder()
    const settings = openSettings(data)
    expect(settings.read()).toEqual(defaultSettings)
    const chosen = { ringVolume: 0.4, lastAccount: '1001', keys: { answer: 'F13', submit: 'Ctrl+S' } }
    settings.write({ ...chosen, theme: undefined })
    expect(openSettings(data).read()).toEqual({ ...defaultSettings, ...chosen })
  })

  test('[DESK-2] one value that no longer fits costs only itself, and the old file is kept', () => {
    const data = folder()
    const before = { centre: 'https://c.example', ringVolume: 7, theme: 'dark', later: { version: 9 } }
    writeFileSync(join(data, 'settings.json'), JSON.stringify(before))
    expect(openSettings(data).read()).toEqual({
      ...defaultSettings,
      centre: 'https://c.example',
      theme: 'dark',
    })
    expect(json(join(data, 'settings.bad.json'))).toEqual(before)
  })

  test.each(['', '{', '[]', 'null', '"text"', '\0\0\0\0', '{"centre":'])(
    '[DESK-2] a settings file that reads %j is put aside',
    (text) => {
      const data = folder()
      writeFileSync(join(data, 'settings.json'), text)
      expect(openSettings(data).read()).toEqual(defaultSettings)
      expect(readFileSync(join(data, 'settings.bad.json'), 'utf8')).toBe(text)
    },
  )

  test('[DESK-14] window bounds and PBX addresses are remembered apart from the settings', () => {
    const data = folder()
    openMemory(data).write({ maximized: true, pbx: { 'https://c.example': ['wss://p.example'] } })
    expect(openMemory(data).read()).toEqual({
      bounds: null,
      maximized: true,
      pbx: { 'https://c.example': ['wss://p.example'] },
      headsets: [],
      computer: null,
    })
    expect(existsSync(join(data, 'settings.json'))).toBe(false)
  })
})

describe('secrets', () => {
  const real = { ...safeStorage }
  const keyStore = (own: Partial<typeof safeStorage>) => Object.assign(safeStorage, real, own)

  test('a secret is kept sealed, recalled and forgotten', async () => {
    const data = folder()
    keyStore({})
    const secrets = openSecrets(data)
    expect(await secrets.keep('session.token', 'very-secret-value')).toBe('weak')
    expect(await openSecrets(data).recall('session.token')).toBe('very-secret-value')
    expect(readFileSync(join(data, 'secrets.json'), 'utf8')).not.toContain('very-secret-value')
    secrets.forget('session.token')
    expect(await secrets.recall('session.token')).toBe(null)
  })

  test('[SESSION-18] after the end nothing is kept, what was on its way neither', async () => {
    const data = folder()
    keyStore({})
    const secrets = openSecrets(data)
    await secrets.keep('refresh-token', 'the last')
    const renewing = secrets.keep('refresh-token', 'renewed while closing')
    secrets.end()
    await renewing
    expect(await openSecrets(data).recall('refresh-token')).toBe(null)
  })

  test('[SESSION-18] what is forgotten, or kept anew, while something older is still being sealed stays so', async () => {
    const data = folder()
    const secrets = openSecrets(data)
    /** Sealed when it is let through, in any order. */
    const through = new Map<string, () => void>()
    keyStore({
      encryptStringAsync: async (text) => {
        await new Promise<void>((resolve) => void through.set(text, resolve))
        return real.encryptStringAsync(text)
      },
    })
    const begin = async (secret: string) => {
      const keeping = secrets.keep('refresh-token', secret)
      await vi.waitFor(() => expect(through.has(secret)).toBe(true))
      return async () => {
        through.get(secret)?.()
        await keeping
      }
    }
    const late = await begin('of who signs out')
    secrets.forget('refresh-token')
    await late()
    expect(await secrets.recall('refresh-token')).toBe(null)

    const [first, second] = [await begin('first'), await begin('second')]
    await second()
    await first()
    expect(await secrets.recall('refresh-token')).toBe('second')

    const afterStart = openSecrets(data)
    keyStore({
      decryptStringAsync: async (text) => {
        const opened = { ...(await real.decryptStringAsync(text)), shouldReEncrypt: true }
        afterStart.forget('refresh-token')
        return opened
      },
    })
    expect(await afterStart.recall('refresh-token')).toBe('second')
    keyStore({})
    expect(await afterStart.recall('refresh-token')).toBe(null)
  })

  test.runIf(process.platform !== 'win32')(
    '[E24] sealed secrets and the log are for this user only',
    async () => {
      const data = folder()
      await openSecrets(data).keep('a', 'b')
      openLog(join(data, 'logs'))
      note('started')
      const files = [join(data, 'secrets.json'), join(data, 'logs', 'desk.log')]
      expect(files.map((file) => (statSync(file).mode & 0o777).toString(8))).toEqual(['600', '600'])
    },
  )

  test.each([
    ['basic_text', 'weak'],
    ['unknown', 'weak'],
    ['gnome_libsecret', 'keychain'],
    ['kwallet6', 'keychain'],
  ])('[DESK-3] [D03] the store %s is called %s', async (backend, strength) => {
    keyStore({ getSelectedStorageBackend: () => backend })
    expect(await openSecrets(folder()).strength()).toBe(strength)
  })

  test('[DESK-3] [D03] without any key nothing is kept', async () => {
    const secrets = openSecrets(folder())
    keyStore({ isAsyncEncryptionAvailable: () => Promise.resolve(false) })
    expect(await secrets.keep('a', 'b')).toBe('none')
    expect(await secrets.recall('a')).toBe(null)
    keyStore({ isAsyncEncryptionAvailable: () => Promise.reject(new Error('locked')) })
    expect(await secrets.strength()).toBe('none')
    keyStore({})
  })

  test('[D04] a key that is gone yields nothing and loses nothing; a new key seals anew', async () => {
    const secrets = openSecrets(folder())
    await secrets.keep('a', 'first')
    keyStore({ decryptStringAsync: () => Promise.reject(new Error('no key')) })
    expect(await secrets.recall('a')).toBe(null)
    keyStore({})
    expect(await secrets.recall('a')).toBe('first')
    const sealed = vi.fn(real.encryptStringAsync)
    keyStore({
      decryptStringAsync: async (text) => ({
        ...(await real.decryptStringAsync(text)),
        shouldReEncrypt: true,
      }),
      encryptStringAsync: sealed,
    })
    expect(await secrets.recall('a')).toBe('first')
    expect(sealed).toHaveBeenCalledWith('first')
    keyStore({})
  })

  test('names of secrets are plain words', () => {
    const bad = ['', 'A', '../x', 'a/b', '__proto__', 'a b', `a${'b'.repeat(64)}`, '键']
    expect(bad.filter(isSecretName)).toEqual([])
    expect(['session', 'session.1001', 'a-b'].filter((name) => !isSecretName(name))).toEqual([])
  })
})

describe('the log', () => {
  // Made up: 200 each of names, mobile and landline numbers, ID cards; and secrets as SIP writes them.
  const people = Array.from({ length: 200 }, (_unused, index) => {
    const n = String(index).padStart(4, '0')
    return {
      name: `测${String.fromCodePoint(0x4e00 + index * 7)}某`,
      mobile: `1390000${n}`,
      landline: `023-6312${n}`,
      card: `50010119900101${n}`,
      wide: `１３９００００${n}`,
      token: `tok${n}abcdefghijklmnopqrstuvwxyz${n}`,
    }
  })

  test('[E24] of 200 people nothing is found in it, in any spelling', () => {
    const data = folder()
    openLog(join(data, 'logs'))
    for (const person of people) {
      note('request broke', { error: `${person.name} ${person.mobile} (${person.card}) ${person.landline}` })
      note('request broke', { error: `Authorization: Digest username="${person.mobile}", x=${person.token}` })
      note('request broke', {
        error: `sip:${person.mobile}@pbx.example\r\nFrom: "${person.name}" ${person.wide}`,
      })
    }
    const bytes = readdirSync(join(data, 'logs')).map((name) => readFileSync(join(data, 'logs', name)))
    const text = Buffer.concat(bytes)
    const found = people.flatMap((person) =>
      Object.values(person).filter((value) =>
        [value, value.replaceAll('-', ''), Buffer.from(value).toString('base64')].some(
          (spelling) => text.includes(spelling) || text.includes(Buffer.from(spelling, 'utf16le')),
        ),
      ),
    )
    expect(found).toEqual([])
    // One line each, whatever was in it.
    expect(text.toString().split('\n').length).toBe(601)
  })

  test('what helps is still readable', () => {
    expect(redacted('connect ECONNREFUSED, code 503, attempt 12')).toBe(
      'connect ECONNREFUSED, code 503, attempt 12',
    )
  })

  test('three files of one megabyte at most', () => {
    const data = folder()
    openLog(join(data, 'logs'))
    const log = join(data, 'logs', 'desk.log')
    for (let round = 0; round < 5; round += 1) {
      writeFileSync(log, 'x'.repeat(1_000_001))
      note('started')
    }
    expect(readdirSync(join(data, 'logs')).toSorted()).toEqual(['desk.log', 'desk.log.1', 'desk.log.2'])
    expect(statSync(log).size).toBeLessThan(100)
  })
})
