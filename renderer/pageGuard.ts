// Loaded before everything else. The page's CSP asks for Trusted Types: text that becomes markup, and an address that
// becomes a script, must pass a policy. The only such text of ours is style sheets written by Ant Design, the only such
// addresses the worker that keeps time (adapters/timer.worker.ts) and the page keeper; anything else is refused here.
import { config } from 'zod'

type Rules = { createHTML(text: string): string; createScriptURL(address: string): string }
type Policies = { createPolicy(name: string, rules: Rules): unknown }

const isWorker = (address: string): boolean => {
  const { href } = new URL(address, document.baseURI)
  return (
    href.startsWith(new URL('.', document.baseURI).href) &&
    /\/(timer\.worker[-\w]*|pageKeeper)\.js$/.test(href)
  )
}

const policies: Policies | undefined = Reflect.get(window, 'trustedTypes')
policies?.createPolicy('default', {
  createHTML(text) {
    if (text.includes('<')) throw new TypeError('markup is not put into this page as text')
    return text
  },
  createScriptURL(address) {
    if (!isWorker(address)) throw new TypeError('this address is no script of this page')
    return address
  },
})

// zod would find out by trying whether it may compile its checks with `new Function`. It may not: the header
// forbids it, and each try is reported as a violation.
config({ jitless: true })
