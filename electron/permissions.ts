// What the page may use of this computer: the microphone, the choice of loudspeaker, a headset's buttons (which one:
// headsets.ts), notifications, a store that
// is not cleared behind its back, and addresses of the local network (the centre and the PBX stand there; which
// of them is decided by the CSP header). Everything else is refused, also what future versions may add.
import type { Session } from 'electron'
import { isOurs } from './origin.ts'

const allowed = new Set<string>([
  'media',
  'speaker-selection',
  'notifications',
  'persistent-storage',
  'hid',
  'local-network-access',
  'local-network',
  'loopback-network',
])

/** `media`: the kinds asked for; a check for an unknown kind counts as video, so it is refused. */
export function mayUse(permission: string, address: string, media: readonly string[] = []): boolean {
  if (!allowed.has(permission) || !isOurs(address)) return false
  return permission !== 'media' || (media.length > 0 && media.every((kind) => kind === 'audio'))
}

export function grantOnlyNeeded(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const address = details.requestingUrl
    answer(details.isMainFrame && isOurs(contents.getURL()) && mayUse(permission, address, media))
  })
  session.setPermissionCheckHandler((_contents, permission, address, details) =>
    mayUse(permission, address, details.mediaType ? [details.mediaType] : []),
  )
}
