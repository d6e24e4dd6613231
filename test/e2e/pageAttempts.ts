// What a page taken over by somebody might try, as functions put on window: run in the page, one by one, so that
// their effects stand under the page's own header. Each leaves a name beginning with `ran` if it succeeded.

/** Runs in the page; must not refer to anything outside itself. */
export function plantAttempts(): void {
  Object.assign(window, {
    tryInline: () => {
      const script = document.createElement('script')
      script.append('window.ranInline = true')
      document.head.append(script)
    },
    tryHandler: () => {
      const button = document.createElement('button')
      document.body.append(button)
      try {
        button.setAttribute('onclick', 'window.ranHandler = true')
      } catch {
        // Refused by Trusted Types before it is even set.
      }
      button.click()
      button.remove()
    },
    // As the page itself would, in a turn of its own: code sent by the test is exempt from the header.
    tryEval: () =>
      setTimeout(() => {
        try {
          Reflect.construct(Function, ['window.ranEval = true'])()
        } catch {
          // Refused.
        }
      }),
    tryPicture: () => {
      const picture = document.createElement('img')
      picture.src = 'https://example.com/x.png'
      document.body.append(picture)
    },
    tryFrame: () => {
      const frame = document.createElement('iframe')
      frame.src = 'https://example.com/'
      document.body.append(frame)
    },
    tryBase: () => {
      const base = document.createElement('base')
      base.href = 'https://example.com/'
      document.head.append(base)
      base.remove()
    },
    tryForm: () => {
      const form = document.createElement('form')
      form.action = 'https://example.com/'
      document.body.append(form)
      form.submit()
      form.remove()
    },
    tryStyle: () => {
      const style = document.createElement('style')
      style.append('body { outline: 9px solid red }')
      document.head.append(style)
    },
    tryFetch: () => fetch('https://example.com/').catch(() => undefined),
    trySocket: () => void new WebSocket('wss://example.com/'),
    tryLink: () => {
      const link = document.createElement('a')
      link.setAttribute('href', 'javascript:window.ranLink = true')
      document.body.append(link)
      link.click()
      link.remove()
    },
  })
}
