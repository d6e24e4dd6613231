// The page keeper as the browser runs it: a service worker beside index.html. scripts/keptFiles.ts writes the build's files in.
import { pageKeeper, type Build } from './pageKeeper.ts'

/** As far as used here; TypeScript has it in a library that cannot stand beside the page's. */
type Waiting = Event & { waitUntil(work: Promise<unknown>): void }
type Scope = {
  readonly location: Location
  skipWaiting(): Promise<void>
  addEventListener(name: 'activate', run: (event: Waiting) => void): void
  addEventListener(
    name: 'install',
    run: (event: Waiting & { addRoutes?(routes: unknown): Promise<void> }) => void,
  ): void
  addEventListener(
    name: 'fetch',
    run: (event: Event & { request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is one, only the page's library does not say so
const scope = self as unknown as Scope

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written in by the build
const build = JSON.parse('KEPT-FILES') as Build
const keeper = pageKeeper(build, {
  caches,
  fetch: (...asked) => fetch(...asked),
  after: (ms) => new Promise((over) => setTimeout(over, ms)),
})
const root = new URL('./', scope.location.href).href

scope.addEventListener('install', (event) => {
  event.waitUntil(keeper.install())
  // What an agent sends must not wait until a sleeping page keeper has woken up to let it pass.
  const routes = ['/api/*', '/health'].map((pathname) => ({
    condition: { urlPattern: { pathname } },
    source: 'network',
  }))
  if (event.addRoutes) event.waitUntil(event.addRoutes(routes))
  // The newest build is in force at once: an older page could not read a store a newer one has opened.
  void scope.skipWaiting()
})
scope.addEventListener('activate', (event) => event.waitUntil(keeper.forgetOthers()))
scope.addEventListener('fetch', (event) => {
  const answer = keeper.answer(event.request, root)
  if (answer) event.respondWith(answer)
})
