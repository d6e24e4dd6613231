// The one microphone of a seat over made-up devices: a working one is not given up for another that cannot be opened.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { microphone } from '../../../renderer/adapters/phone/microphone.ts'
import { manualClock } from '../../fakes/manualClock.ts'

type Track = EventTarget & { id: string; readyState: 'live' | 'ended'; stop(): void }

/** What is plugged in, by id; the first one is the system's default. */
let present: string[] = []
let busy = new Set<string>()
let opened: Track[] = []
let changed = () => {}

const trackOf = (id: string): Track => {
  const track: Track = Object.assign(new EventTarget(), {
    id,
    label: id,
    muted: false,
    enabled: true,
    readyState: 'live' as const,
    stop: () => void (track.readyState = 'ended'),
    getSettings: () => ({ deviceId: id, groupId: `group of ${id}` }),
    clone: () => trackOf(id),
  })
  return track
}

beforeEach(() => {
  present = ['desk']
  busy = new Set()
  opened = []
  const listed = (deviceId: string, of: string) => ({
    kind: 'audioinput',
    deviceId,
    groupId: `group of ${of}`,
    label: of,
  })
  vi.stubGlobal('navigator', {
    mediaDevices: {
      addEventListener: (_: string, run: () => void) => (changed = run),
      removeEventListener() {},
      enumerateDevices: async () => [
        ...present.slice(0, 1).map((id) => listed('default', id)),
        ...present.map((id) => listed(id, id)),
      ],
      async getUserMedia({ audio }: { audio: { deviceId?: { exact: string } } }) {
        const id = audio.deviceId?.exact ?? present[0] ?? ''
        if (!present.includes(id)) throw new DOMException('', 'NotFoundError')
        if (busy.has(id)) throw new DOMException('', 'NotReadableError')
        const track = trackOf(id)
        opened.push(track)
        return { getAudioTracks: () => [track] }
      },
    },
  })
  // What goes out while there is no microphone.
  const silent = { stream: { getAudioTracks: () => [trackOf('silence')] } }
  vi.stubGlobal('AudioContext', function () {
    return { createMediaStreamDestination: () => silent }
  })
})
afterEach(() => vi.unstubAllGlobals())

const settle = () => new Promise((resolve) => setImmediate(resolve))
const sound = { speaker: null, echoCancellation: true, noiseSuppression: true, autoGainControl: true }

async function open(chosen: string | null = null) {
  const clock = manualClock(1_000_000)
  const mic = microphone(clock)
  const told: string[] = []
  let changes = 0
  mic.onState((...news) => told.push(news.join(' ').trim()))
  mic.onChange(() => (changes += 1))
  mic.useDevices({ ...sound, microphone: chosen })
  mic.warm()
  await settle()
  const pass = async (ms: number) => {
    clock.advance(ms)
    await settle()
  }
  const plug = async (...ids: string[]) => {
    present = ids
    for (const track of opened.filter(({ id }) => !ids.includes(id))) {
      track.stop()
      track.dispatchEvent(new Event('ended'))
    }
    changed()
    await pass(300)
  }
  /** What the other side hears. */
  const goesOut = () => (mic.track() as unknown as Track).id
  return { mic, told, changes: () => changes, pass, plug, goesOut }
}

test('[AUDIO-3] a new default that cannot be opened leaves the working microphone in the call, and is tried again', async () => {
  const { told, changes, pass, plug, goesOut } = await open()
  expect(told).toEqual(['opening', 'live desk'])
  busy.add('headset')
  await plug('headset', 'desk')
  expect(opened.map(({ readyState }) => readyState)).toEqual(['live'])
  expect([goesOut(), changes()]).toEqual(['desk', 1])
  await pass(5_000)
  expect(goesOut()).toBe('desk')
  busy.delete('headset')
  await pass(5_000)
  expect([goesOut(), changes()]).toEqual(['headset', 2])
  expect(told).toEqual(['opening', 'live desk', 'live headset chosen'])
  await pass(60_000)
  expect(opened).toHaveLength(2)
})

test('[AUDIO-3] the microphone kept meanwhile is pulled out: the next one takes over, or its absence is told', async () => {
  const { told, plug, goesOut } = await open()
  busy.add('headset')
  await plug('headset', 'desk')
  await plug('headset')
  expect(goesOut()).toBe('silence')
  expect(told.at(-1)).toBe('busy desk')
  busy.delete('headset')
  await plug('headset')
  expect(goesOut()).toBe('headset')
})

test('[AUDIO-3] the chosen one, plugged in again before it can be opened, is taken back as soon as it can', async () => {
  present = ['desk', 'headset']
  const { told, pass, plug, goesOut } = await open('headset')
  await plug('desk')
  expect(goesOut()).toBe('desk')
  busy.add('headset')
  await plug('desk', 'headset')
  // The one in use is not opened anew for nothing: that is heard as a click.
  expect(opened.map(({ id }) => id)).toEqual(['headset', 'desk'])
  busy.delete('headset')
  await pass(5_000)
  expect(goesOut()).toBe('headset')
  expect(told).toEqual(['opening', 'live headset', 'live desk gone', 'live headset back'])
})

test('[AUDIO-3] a microphone chosen by hand that cannot be opened: the call goes on with the old one, which is told', async () => {
  present = ['desk', 'headset']
  busy.add('headset')
  const { mic, told, goesOut } = await open()
  mic.useDevices({ ...sound, microphone: 'headset' })
  await settle()
  expect(goesOut()).toBe('desk')
  expect(told).toEqual(['opening', 'live desk', 'live desk gone'])
})

test('[AUDIO-3] what the browser refuses is not asked for again and again', async () => {
  const { pass, plug, goesOut } = await open()
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia')
  asked.mockRejectedValue(new DOMException('', 'NotAllowedError'))
  await plug('headset', 'desk')
  await pass(60_000)
  expect(asked).toHaveBeenCalledTimes(1)
  expect(goesOut()).toBe('desk')
})
