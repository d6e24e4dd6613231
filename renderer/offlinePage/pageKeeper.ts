// [PAGE-9] What a browser keeps of the page, so that it opens while the centre is away: all the files of one build, and
// nothing else. One cache a build; the centre's own answer goes before it.
import { isPageAddress } from '../../contract/pageAddress.ts'

/** Of one build: what changes with any of its files, and their addresses from the root, e.g. "assets/index-1a2b.js". */
export type Build = { readonly version: string; readonly files: readonly string[] }

/** How long the centre may take with the page. A thin link is slower than that; the kept page is the same one. */
export const patienceMs = 5_000

const nameOf = ({ version }: Build): string => `page ${version}`

export const pageKeeper = (
  build: Build,
  world: {
    readonly caches: CacheStorage
    readonly fetch: typeof fetch
    after(ms: number): Promise<unknown>
  },
) => {
  const kept = async (address: string): Promise<Response | undefined> => {
    const cache = await world.caches.open(nameOf(build))
    // Asked by its address alone: the files are named after their contents, whoever asks for them.
    return cache.match(address, { ignoreVary: true })
  }
  /** Its own answer only: a proxy before a centre that is down has a page of its own. */
  const fromCentre = async (request: Request): Promise<Response | null> => {
    const answer = await world.fetch(request).catch(() => null)
    return answer?.ok === true && answer.headers.has('x-hotline-centre') ? answer : null
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
    /** Rejects where a file is missing: then the build kept before stays. */
    async install(): Promise<void> {
      const cache = await world.caches.open(nameOf(build))
      await cache.addAll(['./', ...build.files])
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
