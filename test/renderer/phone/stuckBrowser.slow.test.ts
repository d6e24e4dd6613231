// A call that is over while the browser has still not described it: nothing is begun for it any more, nothing stays open.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browserMedia } from '../../../renderer/adapters/phone/browserMedia.ts'
import { timely } from '../../../renderer/adapters/phone/timely.ts'
import { fakeMedia } from '../../fakes/fakeMedia.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { morning } from '../../makers/stamps.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

describe('the telephone', () => {
  let seat: NodeSeat
  beforeEach(async () => {
    seat = await seatInNode()
    await seat.register()
    seat.media.stuck = 2
  })
  afterEach(() => seat.stop())
  const described = () => seat.media.calls.map((call) => call.agreed.join())

  test('[PHONE-29] a caller who gives up: no second description is begun', async () => {
    const { call } = await seat.ringing()
    call.cancel()
    await seat.next('ended')
    await seat.pass(12_000)
    expect(described()).toEqual(['sendrecv'])
  })

  test('[PHONE-29] a call of ours hung up: no second description is begun, and no INVITE goes out', async () => {
    const callId = seat.newCallId()
    seat.phone.dial(callId, '13900002001')
    seat.phone.hangUp(callId)
    await seat.pass(12_000)
    expect(described()).toEqual(['sendrecv'])
    expect(seat.media.calls[0]?.isClosed()).toBe(true)
    expect(seat.told.filter(({ type }) => type === 'ended')).toMatchObject([
      { callId, by: 'us', cause: null },
    ])
    expect(seat.peer.heard.some(({ what }) => what === 'INVITE')).toBe(false)
  })
})

test('[PHONE-29] who waits for a description is let go when the call is over', async () => {
  const clock = manualClock(morning)
  const media = fakeMedia(() => clock.tick())
  media.stuck = 1
  const call = timely(media.open('voice'), clock)
  const offer = call.offer('sendrecv', false)
  call.close()
  await expect(offer).rejects.toThrow('the call is over')
  expect(clock.nextTimerMs()).toBeNull()
})

describe('the browser', () => {
  let peers: { closed: boolean }[] = []
  let stuck: Promise<unknown> | null = null
  beforeEach(() => {
    peers = []
    stuck = null
    vi.stubGlobal(
      'Audio',
      class {
        setSinkId = async () => undefined
        play = async () => undefined
      },
    )
    vi.stubGlobal(
      'RTCPeerConnection',
      class extends EventTarget {
        closed = false
        connectionState = 'new'
        iceGatheringState = 'complete'
        signalingState = 'stable'
        localDescription = { sdp: 'a=candidate:1 1 udp 1 127.0.0.1 9 typ host' }
        constructor() {
          super()
          peers.push(this)
        }
        addTransceiver() {}
        getTransceivers = () => []
        createOffer = async () => stuck
        setLocalDescription = async () => undefined
        setRemoteDescription = async () => undefined
        close = () => void (this.closed = true)
      },
    )
  })
  afterEach(() => void vi.unstubAllGlobals())

  test('[PHONE-29] a connection whose description never came is closed all the same', async () => {
    const clock = manualClock(morning)
    const call = browserMedia(clock).open('mute')
    stuck = new Promise(() => {})
    void call.offer('recvonly', false)
    await vi.waitFor(() => expect(peers).toHaveLength(1))
    call.close()
    clock.advance(5_000)
    await vi.waitFor(() => expect(peers).toMatchObject([{ closed: true }]))
  })

  test('[PHONE-29] nothing is opened for a call that is over', async () => {
    const call = browserMedia(manualClock(morning)).open('mute')
    call.close()
    await expect(call.offer('recvonly', false)).rejects.toThrow('closed meanwhile')
    await expect(call.accept('', false)).rejects.toThrow('closed meanwhile')
    expect(peers).toEqual([])
  })

  test('[PHONE-29] one that was begun anew is closed with its call', async () => {
    const clock = manualClock(morning)
    const call = browserMedia(clock).open('mute')
    await call.offer('recvonly', false)
    call.beginAnew()
    await call.offer('recvonly', false)
    call.close()
    await vi.waitFor(() => expect(peers).toMatchObject([{ closed: true }, { closed: true }]))
  })
})
