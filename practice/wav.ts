// WAV files of the telephone kind: 8 kHz mono, µ-law as stored here or 16-bit PCM as people record it.
// Any other kind is refused with a sentence: the exchange carries no resampler.
import { encodeMulaw, SAMPLE_RATE } from './audio.ts'

const FORMAT_PCM = 1
const FORMAT_MULAW = 7

/** The file's sound as µ-law; throws with a sentence when it is not 8 kHz mono µ-law or 16-bit PCM. */
export function readWav(file: Buffer): Uint8Array {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('not a WAV file')
  }
  let format = 0
  let bits = 0
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString('latin1', at, at + 4)
    const size = file.readUInt32LE(at + 4)
    const body = file.subarray(at + 8, at + 8 + size)
    if (name === 'fmt ') {
      format = body.readUInt16LE(0)
      bits = body.readUInt16LE(14)
      const isMono8k = body.readUInt16LE(2) === 1 && body.readUInt32LE(4) === SAMPLE_RATE
      if (!isMono8k) throw new Error('a voice must be 8 kHz mono')
    }
    if (name === 'data') {
      if (format === FORMAT_MULAW && bits === 8) return new Uint8Array(body)
      if (format === FORMAT_PCM && bits === 16) return fromPcm(body)
      throw new Error('a voice must be µ-law or 16-bit PCM')
    }
    at += 8 + size + (size % 2)
  }
  throw new Error('a WAV file without sound')
}

function fromPcm(body: Buffer): Uint8Array {
  return Uint8Array.from({ length: Math.floor(body.length / 2) }, (_, index) =>
    encodeMulaw(body.readInt16LE(index * 2)),
  )
}

/** µ-law sound as a WAV file any player opens. */
export function writeWav(mulaw: Uint8Array): Buffer {
  const head = Buffer.alloc(46)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(38 + mulaw.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(18, 16)
  head.writeUInt16LE(FORMAT_MULAW, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(SAMPLE_RATE, 24)
  head.writeUInt32LE(SAMPLE_RATE, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.writeUInt16LE(0, 36)
  head.write('data', 38, 'latin1')
  head.writeUInt32LE(mulaw.length, 42)
  return Buffer.concat([head, mulaw])
}
