// [PAGE-9] What a browser keeps of the page, so that it opens while the centre is away: all the files of one build, and
// nothing else. One cache a build; the centre's own answer goes before it.
import { isPageAddress } from '../../contract/pageAddress.ts'

/** Of one build: what changes with any of its files, and their addresses from the root, e.g. "assets/index-1a2b.js". */
export type Build = { readonly version: string; readonly files: readonly string[] }

/** How long the centre may take with the page. A thin link is slower than that; the kept page is the same one. */
export const patienceMs = 5_000

const nameOf = ({ version }: Build): string => `page ${version}`

/** A page of another build would open onto parts that are not kept. */
const isOf = ({ files }: Build, page: string): boolean =>
  [...page.matchAll(/assets\/[\w.-]+/g)].every(([name]) => files.includes(name))

export const pageKeeper = (
  build: Build,
  world: {
    readonly caches: CacheStorage
    readonly fetch: typeof fetch
    after(ms: number): Promise<unknown>
  },
) => {
  /** undefined: not kept, or not to be read, as on a full or damaged disk: the centre may be there all the same. */
  const kept = async (address: string): Promise<Response | undefined> => {
    try {
      const cache = await world.caches.open(nameOf(build))
      // Asked by its address alone: the files are named after their contents, whoever asks for them.
      return await cache.match(address, { ignoreVary: true })
    } catch {
      return undefined
    }
  }
  /** Its own answer only: a proxy before a centre that is down has a page of its own. */
  const isOfCentre = ({ ok, headers }: Response): boolean => ok && headers.has('x-hotline-centre')
  /** Only who owns the address can send elsewhere: the centre has moved, or a sign-in is asked for before it. */
  const isElsewhere = ({ type }: Response): boolean => type === 'opaqueredirect'
  const fromCentre = async (asked: Request | string): Promise<Response | null> => {
    const answer = await world.fetch(asked).catch(() => null)
    return answer && (isOfCentre(answer) || isElsewhere(answer)) ? answer : null
  }
  const page = async (request: Request): Promise<Response> => {
    const asked = fromCentre(request)
    const first = await Promise.race([asked, world.after(patienceMs)])
    if (first instanceof Response) return first
    return (await kept('./')) ?? (await asked) ?? world.fetch(request)
  }
  const file = async (request: Request): Promise<Response> =>
    (await kept(request.url)) ?? world.fetch(request)

  return {
    /** Rejects where a file is missing, or the centre has another build meanwhile: then the build kept before stays. */
    async install(): Promise<void> {
      const cache = await world.caches.open(nameOf(build))
      const ask = async (address: string): Promise<Response> => {
        const answer = await fromCentre(address)
        if (!answer) throw new TypeError(`the centre does not have ${address}`)
        return answer
      }
      await Promise.all(build.files.map(async (each) => cache.put(each, await ask(each))))
      const answer = await ask('./')
      if (!isOf(build, await answer.clone().text())) throw new TypeError('the centre has another build')
      await cache.put('./', answer)
    },
    async forgetOthers(): Promise<void> {
      const others = (await world.caches.keys()).filter((name) => name !== nameOf(build))
      await Promise.all(others.map((name) => world.caches.delete(name)))
    },
    /** null: not ours, the browser asks as if nobody stood between. `root`: where the page keeper lies. */
    answer(request: Request, root: string): Promise<Response> | null {
      const { origin, pathname } = new URL(request.url)
      if (request.method !== 'GET' || origin !== new URL(root).origin) return null
      if (request.mode === 'navigate') return isPageAddress(pathname) ? page(request) : null
      return build.files.some((name) => new URL(name, root).pathname === pathname) ? file(request) : null
    },
  }
}
