// Sends an AudioContext's sound to a chosen device. setSinkId on a context is Chromium's own so far; a device that is
// gone leaves the sound on the system's default, which is better than silence.

export function route(
  context: (AudioContext & { setSinkId?: (id: string) => Promise<void> }) | null,
  device: string | null,
): void {
  context?.setSinkId?.(device ?? '').catch(() => {})
}
