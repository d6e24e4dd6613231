// What the command line may say: a data folder, "start hidden", and at most one tel: or sip: link. Everything
// else is refused or ignored here; what a number means is the page's business. Also says which switches and
// environment variables would weaken the program, so that it does not start with them.
import { z } from 'zod'
import { numberOfLink } from './deepLink.ts'

export const StartArguments = z.object({
  data: z.string().min(1).max(1024).nullable(),
  hidden: z.boolean(),
  dial: z.string().nullable(),
})
export type StartArguments = z.infer<typeof StartArguments>

/** `argv` without the executable and the app's own folder. The first link wins; a link is never taken for an option. */
export function readStartArguments(argv: readonly string[]): StartArguments {
  const data = argv.map((word) => /^--data=(.+)$/.exec(word)?.[1]).find((found) => found !== undefined)
  const dial = argv.map(numberOfLink).find((found) => found !== null)
  return StartArguments.parse({
    data: data && data.length <= 1024 ? data : null,
    hidden: argv.includes('--hidden'),
    dial: dial ?? null,
  })
}

// Each of these opens a door to the page or to Node, switches a check off, or feeds the seat a false microphone.
const weakening = new Set([
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-wait',
  'inspect-port',
  'inspect-publish-uid',
  'js-flags',
  'no-sandbox',
  'disable-setuid-sandbox',
  'disable-gpu-sandbox',
  'disable-web-security',
  'disable-site-isolation-trials',
  'disable-features',
  'enable-features',
  'enable-blink-features',
  'allow-running-insecure-content',
  'allow-insecure-localhost',
  'unsafely-treat-insecure-origin-as-secure',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'host-rules',
  'host-resolver-rules',
  'load-extension',
  'use-fake-ui-for-media-stream',
  'use-fake-device-for-media-stream',
  'use-file-for-fake-audio-capture',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'user-data-dir',
  'ssl-key-log-file',
  'log-net-log',
])

export type Refusal = { readonly kind: 'switch' | 'variable'; readonly name: string }

/** In development only the TLS override is refused: a debugger must be able to attach there. */
export function weakens(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  packaged: boolean,
): Refusal | null {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    return { kind: 'variable', name: 'NODE_TLS_REJECT_UNAUTHORIZED' }
  }
  if (!packaged) return null
  for (const word of argv) {
    // Windows also takes /switch; Chromium reads both and any case.
    const name = /^(?:--?|\/)([a-z][a-z-]*)(?:=|$)/i.exec(word)?.[1]?.toLowerCase()
    if (name !== undefined && weakening.has(name)) return { kind: 'switch', name: `--${name}` }
  }
  return environment['SSLKEYLOGFILE'] ? { kind: 'variable', name: 'SSLKEYLOGFILE' } : null
}
