// What the page keeper answers. That a real browser keeps and opens the real page: test/e2e/offlinePage.spec.ts.
import { describe, expect, test } from 'vitest'
import { pageKeeper } from '../../../renderer/offlinePage/pageKeeper.ts'

const root = 'https://centre.test/'
const build = { version: '1', files: ['assets/index-1a.js'] }

/** A cache as browsers have it, as far as the page keeper asks: addresses are taken from the root. */
const cacheIn = () => {
  const kept = new Map<string, Map<string, Response>>()
  const caches = {
    async open(name: string) {
      const mine = kept.get(name) ?? new Map<string, Response>()
      kept.set(name, mine)
      return {
        put: async (address: string, answer: Response) => void mine.set(new URL(address, root).href, answer),
        match: async (address: string) => mine.get(new URL(address, root).href)?.clone(),
      }
    },
    keys: async () => [...kept.keys()],
    delete: async (name: string) => kept.delete(name),
  }
  return caches as unknown as CacheStorage
}

const ofCentre = (text: string, status = 200) =>
  new Response(text, { status, headers: { 'x-hotline-centre': 'centre-1' } })
/** What node's own Request cannot be: a page asked for by a person. */
const visit = (path: string): Request => {
  const request = new Request(new URL(path, root))
  Object.defineProperty(request, 'mode', { value: 'navigate' })
  return request
}

const kept = async (network: { answer: () => Promise<Response> }, patience = () => new Promise(() => {})) => {
  const asked: typeof fetch = () => network.answer()
  const now = network.answer
  network.answer = async () => ofCentre('kept')
  const keeper = pageKeeper(build, { caches: cacheIn(), fetch: asked, after: patience })
  await keeper.install()
  network.answer = now
  return keeper
}
const textOf = async (answer: Promise<Response> | null) => (await answer)?.text()

describe('[PAGE-9] the page', () => {
  test('is the centre’s own as long as the centre answers', async () => {
    const keeper = await kept({ answer: async () => ofCentre('newer') })
    expect(await textOf(keeper.answer(visit('/'), root))).toBe('newer')
  })

  test.each([
    ['is not there', async () => Promise.reject(new TypeError('no connection'))],
    ['is down and a proxy answers', async () => new Response('Bad Gateway', { status: 502 })],
    ['is not what answers', async () => new Response('<h1>Log in to the hotel’s network</h1>')],
    ['answers with a fault', async () => ofCentre('starting', 503)],
  ])('is the kept one where the centre %s', async (_how, answer) => {
    const keeper = await kept({ answer })
    expect(await textOf(keeper.answer(visit('/'), root))).toBe('kept')
    expect(await textOf(keeper.answer(visit('/desk?x=1'), root))).toBe('kept')
  })

  test('is where its address sends on to: the centre has moved, or somebody asks for a sign-in before it', async () => {
    const elsewhere = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })
    const keeper = await kept({ answer: async () => elsewhere })
    expect(await keeper.answer(visit('/'), root)).toBe(elsewhere)
  })

  test('is the kept one where the centre says nothing for long', async () => {
    const keeper = await kept({ answer: () => new Promise(() => {}) }, async () => 'over')
    expect(await textOf(keeper.answer(visit('/'), root))).toBe('kept')
  })

  test('that was not kept is waited for, and else shows what the network says', async () => {
    let answer = (): Promise<Response> => new Promise((later) => setTimeout(later, 20, ofCentre('late')))
    const world = { fetch: () => answer(), after: async () => 'over' }
    const keeper = pageKeeper(build, { ...world, caches: cacheIn() })
    expect(await textOf(keeper.answer(visit('/'), root))).toBe('late')
    answer = async () => new Response('Bad Gateway', { status: 502 })
    expect(await textOf(keeper.answer(visit('/'), root))).toBe('Bad Gateway')
  })
})

describe('[PAGE-9] the rest', () => {
  test('a file of the build comes from what is kept; one of another build is asked for', async () => {
    const keeper = await kept({ answer: async () => ofCentre('from the network') })
    expect(await textOf(keeper.answer(new Request(`${root}assets/index-1a.js`), root))).toBe('kept')
    expect(keeper.answer(new Request(`${root}assets/index-0z.js`), root)).toBeNull()
  })

  test.each([
    ['an interface', new Request(`${root}api/sign-in`)],
    ['an interface opened by hand', visit('/api/openapi.json')],
    ['the health', visit('/health')],
    ['a file opened by hand', visit('/assets/index-1a.js')],
    ['another origin’s', new Request('https://other.test/assets/index-1a.js')],
    ['what is sent', new Request(`${root}assets/index-1a.js`, { method: 'POST' })],
  ])('%s is none of its business', async (_what, request) => {
    const keeper = await kept({ answer: async () => ofCentre('newer') })
    expect(keeper.answer(request, root)).toBeNull()
  })

  test.each([
    ['a proxy answers for the centre', () => new Response('<h1>Log in to the hotel’s network</h1>')],
    [
      'the centre is another build by now',
      (address: string) =>
        ofCentre(address === root ? '<script src="./assets/index-2b.js"></script>' : 'still there'),
    ],
  ])('is not kept where %s', async (_what, answer) => {
    const asked: typeof fetch = async (address) => answer(new URL(String(address), root).href)
    const caches = cacheIn()
    const keeper = pageKeeper(build, { caches, fetch: asked, after: async () => 'over' })
    await expect(keeper.install()).rejects.toThrow()
    expect(await (await caches.open('page 1')).match('./')).toBeUndefined()
  })

  test('comes from the centre where the browser cannot read what it keeps', async () => {
    const broken = { open: async () => Promise.reject(new DOMException('disk full', 'UnknownError')) }
    const asked = async () => ofCentre('from the network')
    const world = { caches: broken as unknown as CacheStorage, fetch: asked, after: async () => 'over' }
    const keeper = pageKeeper(build, world)
    expect(await textOf(keeper.answer(visit('/'), root))).toBe('from the network')
    expect(await textOf(keeper.answer(new Request(`${root}assets/index-1a.js`), root))).toBe(
      'from the network',
    )
  })

  test('a build of which a file is missing is not taken; a whole one takes the place of all others', async () => {
    const there = { answer: async () => ofCentre('1') }
    const caches = cacheIn()
    const world = { caches, fetch: () => there.answer(), after: () => new Promise(() => {}) }
    await pageKeeper(build, world).install()
    there.answer = async () => ofCentre('', 404)
    const second = pageKeeper({ ...build, version: '2' }, world)
    await expect(second.install()).rejects.toThrow()
    there.answer = async () => ofCentre('2')
    await second.install()
    await second.forgetOthers()
    expect(await caches.keys()).toEqual(['page 2'])
  })
})
