// Keeps small secrets under the system's key store and says how well. Without a key store nothing is kept; with
// Chromium's built-in text key ("basic_text") it is kept but called weak, because anyone with the file can read it.
import { safeStorage } from 'electron'
import Store from 'electron-store'

export type Strength = 'keychain' | 'weak' | 'none'

export type Secrets = {
  strength(): Promise<Strength>
  /** Answers 'none' when it was not kept. */
  keep(name: string, secret: string): Promise<Strength>
  /** null: never kept, forgotten, or the system's key is gone. The sealed text stays for the day the key returns. */
  recall(name: string): Promise<string | null>
  forget(name: string): void
  /** [SESSION-18] The window was closed on purpose: nothing is kept past it, what is on its way from the page neither. */
  end(): void
}

export const isSecretName = (name: string): boolean => /^[a-z][a-zA-Z0-9.-]{0,63}$/.test(name)

export function openSecrets(folder: string): Secrets {
  const store = new Store<Record<string, string>>({
    cwd: folder,
    name: 'secrets',
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
    clearInvalidConfig: true,
  })

  let isOver = false
  /** The last that was asked for each name, to keep or to forget: what it overtook while it was being sealed is not written. */
  const last = new Map<string, symbol>()
  const ask = (name: string): symbol => {
    const asked = Symbol(name)
    last.set(name, asked)
    return asked
  }

  const strength = async (): Promise<Strength> => {
    try {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'none'
    } catch {
      return 'none'
    }
    if (process.platform !== 'linux') return 'keychain'
    const backend = safeStorage.getSelectedStorageBackend()
    return backend === 'basic_text' || backend === 'unknown' ? 'weak' : 'keychain'
  }

  const seal = async (name: string, secret: string, asked: symbol | undefined) => {
    const sealed = (await safeStorage.encryptStringAsync(secret)).toString('base64')
    if (!isOver && last.get(name) === asked) store.set(name, sealed)
  }

  return {
    strength,
    async keep(name, secret) {
      const asked = ask(name)
      const strong = await strength()
      if (strong !== 'none') await seal(name, secret, asked)
      return strong
    },
    async recall(name) {
      const asked = last.get(name)
      const sealed = store.get(name)
      if (sealed === undefined) return null
      try {
        const opened = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))
        if (opened.shouldReEncrypt) await seal(name, opened.result, asked)
        return opened.result
      } catch {
        return null
      }
    },
    forget(name) {
      ask(name)
      store.delete(name)
    },
    end() {
      isOver = true
      store.clear()
    },
  }
}
