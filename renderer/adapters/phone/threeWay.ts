// A three-way call mixed in the page: what goes to each side is our microphone and the other side's voice. Needs nothing
// of the PBX (docs/decisions/0010-three-way-in-the-page.md).

/** The sound of one call, as the mixer needs it. */
export type Mixable = {
  /** Our microphone on this call; switched off while muted or held. null: it has none. */
  mine(): MediaStreamTrack | null
  theirs(): MediaStreamTrack | null
  /** Not while held: then nobody hears anybody. */
  hears(): boolean
  /** Sends this instead of the microphone; null: the microphone again. */
  sendInstead(track: MediaStreamTrack | null): Promise<void>
  /** Another microphone, or another voice; null: nobody listens any more. */
  onVoice(listener: (() => void) | null): void
}

type Mix = { readonly track: MediaStreamTrack; refresh(): void }

/** What one side is to hear. */
function mixFor(context: AudioContext, side: Mixable, other: Mixable): Mix {
  const out = context.createMediaStreamDestination()
  const [track] = out.stream.getAudioTracks()
  const voice = other.theirs()
  if (!track || !voice) throw new Error('nothing to mix')
  const gate = context.createGain()
  gate.gain.value = 0
  context
    .createMediaStreamSource(new MediaStream([voice]))
    .connect(gate)
    .connect(out)
  let microphone: MediaStreamTrack | null = null
  let source: MediaStreamAudioSourceNode | null = null
  return {
    track,
    refresh() {
      gate.gain.value = side.hears() && other.hears() ? 1 : 0
      const mine = side.mine()
      if (mine === microphone) return
      source?.disconnect()
      microphone = mine
      source = mine && context.createMediaStreamSource(new MediaStream([mine]))
      source?.connect(out)
    },
  }
}

export async function threeWay(first: Mixable, second: Mixable): Promise<() => void> {
  const context = new AudioContext()
  const end = () => {
    for (const side of [first, second]) {
      side.onVoice(null)
      side.sendInstead(null).catch(() => {})
    }
    context.close().catch(() => {})
  }
  try {
    const mixes = [mixFor(context, first, second), mixFor(context, second, first)]
    const refresh = () => mixes.forEach((mix) => mix.refresh())
    refresh()
    first.onVoice(refresh)
    second.onVoice(refresh)
    await Promise.all([first, second].map((side, at) => side.sendInstead(mixes[at]?.track ?? null)))
    return end
  } catch (error) {
    end()
    throw error
  }
}
