// Gathers what this window and this computer know and makes the diagnostics file of it. Whatever cannot be asked is
// left out: a broken seat is the one that needs this file.
import type { Diagnostics } from '../../contract/diagnostics.ts'
import type { Desk } from '../../contract/ipc.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import { PROTOCOL } from '../../contract/version.ts'
import { makeDiagnostics } from '../../core/diagnostics/makeDiagnostics.ts'
import { listAudioDevices } from '../adapters/audioDevices.ts'
import type { Workplace } from '../workplace.ts'

const mostCalls = 50
const mostAnomalies = 100
const anomalyMark = 'anomaly: '

/** First 12 hex digits of SHA-256. */
const shortHash = async (text: string): Promise<string> => {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(bytes.slice(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** runEffects.ts marks them in the page's own timeline. */
const anomalies = () =>
  performance
    .getEntriesByType('mark')
    .filter((mark) => mark.name.startsWith(anomalyMark))
    .slice(-mostAnomalies)
    .map((mark) => ({
      at: Math.round(performance.timeOrigin + mark.startTime),
      what: mark.name.slice(anomalyMark.length),
    }))

const lastCalls = async ({ records, account }: Workplace): Promise<readonly CallRecord[]> => {
  const page = await records.page({
    text: '',
    category: null,
    from: null,
    to: null,
    before: null,
    limit: mostCalls * 4,
  })
  if (!page.ok) return []
  const own = page.value.filter((call) => call.agent === account.id).slice(0, mostCalls)
  const read = await Promise.all(own.map((call) => records.read(call.id)))
  return read.flatMap((answer) => (answer.ok && answer.value ? [answer.value] : []))
}

const storage = async (): Promise<Diagnostics['storage']> => {
  const estimate = await navigator.storage?.estimate().catch(() => null)
  return estimate ? { used: estimate.usage ?? 0, quota: estimate.quota ?? 0 } : null
}

export const gatherDiagnostics = async (workplace: Workplace, desk: Desk): Promise<Diagnostics> => {
  const { clock, session, offlineSignIn, settings, store, sync, blackBox, reference } = workplace
  const about = await desk['about.read'](null)
  const devices = await listAudioDevices()
  return makeDiagnostics(
    {
      madeAt: clock.now(),
      about: about.ok ? about.value : { version: '?', runtime: '?', secrets: 'none' },
      protocol: PROTOCOL,
      browser: navigator.userAgent,
      reference: reference.version,
      session,
      offlineSignIn,
      settings,
      state: store.read(),
      sync: sync.status(),
      memory: blackBox.read(),
      anomalies: anomalies(),
      records: await lastCalls(workplace),
      ...devices,
      storage: await storage(),
    },
    shortHash,
  )
}
