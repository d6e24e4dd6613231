// Loaded before everything else. The page's CSP asks for Trusted Types: text that becomes markup must pass a policy.
// The only such text of ours is style sheets written by Ant Design; anything with a tag in it is refused here.
import { config } from 'zod'

type Policies = { createPolicy(name: string, rules: { createHTML(text: string): string }): unknown }

const policies: Policies | undefined = Reflect.get(window, 'trustedTypes')
policies?.createPolicy('default', {
  createHTML(text) {
    if (text.includes('<')) throw new TypeError('markup is not put into this page as text')
    return text
  },
})

// zod would find out by trying whether it may compile its checks with `new Function`. It may not: the header
// forbids it, and each try is reported as a violation.
config({ jitless: true })
