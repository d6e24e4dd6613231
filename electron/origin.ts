// The one place that says which addresses are our own page. Compared part by part after parsing, never by prefix.
// The origin holds the seat's local store: changing it would leave unsent records behind.

export const scheme = 'app'
export const host = 'workstation'
export const origin = `${scheme}://${host}`
export const startPage = `${origin}/index.html`
export const ringPage = `${origin}/ring.html`

export function isOurs(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${scheme}:` &&
    url.host === host &&
    url.username === '' &&
    url.password === '' &&
    // `app:\\workstation` and the like: not the same address to every parser, so not ours.
    !address.includes('\\')
  )
}

/** A loopback address: what runs there is on this computer, so plain http and ws are as good as https. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname)
}
