// Telephone sound: companding, files, loudness and tones.
import { describe, expect, test } from 'vitest'
import {
  decodeMulaw,
  dominantTone,
  encodeMulaw,
  FRAME,
  mixFrames,
  rmsOf,
  SILENCE,
  tone,
  toneShare,
  toSamples,
} from '../../practice/audio.ts'
import { readWav, writeWav } from '../../practice/wav.ts'

describe('µ-law', () => {
  test('every byte survives decoding and encoding, but the second zero', () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte)
    expect(bytes.filter((byte) => encodeMulaw(decodeMulaw(byte)) !== byte)).toEqual([0x7f])
  })

  test('the corners have the values of G.711', () => {
    expect([0xff, 0x00, 0x80, 0x7f].map(decodeMulaw)).toEqual([0, -32124, 32124, 0].map((value) => value + 0))
    expect(encodeMulaw(32767)).toBe(0x80)
    expect(encodeMulaw(-32768)).toBe(0x00)
  })
})

describe('loudness and tones', () => {
  test('a sine of peak 0.4 has an rms of 0.28, silence has none', () => {
    expect(rmsOf(tone(620, 1, 0.4))).toBeCloseTo(0.283, 2)
    expect(rmsOf(SILENCE)).toBe(0)
    expect(rmsOf(new Uint8Array(0))).toBe(0)
  })

  test('a tone is recognised by its frequency, and not taken for another', () => {
    const samples = toSamples(tone(620, 0.5))
    expect(toneShare(samples, 620)).toBeGreaterThan(0.98)
    expect(toneShare(samples, 880)).toBeLessThan(0.01)
  })

  test.each([250, 620, 1000, 1500, 3300])('the dominant tone of %i Hz is found', (hertz) => {
    expect(dominantTone(tone(hertz, 0.5))).toBe(hertz)
  })

  test('two equal tones, and silence, have no dominant tone', () => {
    expect(dominantTone(SILENCE)).toBeNull()
    const [low, high] = [tone(600, 0.5), tone(1700, 0.5)]
    const both = Buffer.concat(
      Array.from({ length: 25 }, (_, index) => {
        const part = (sound: Uint8Array) => sound.subarray(index * FRAME, (index + 1) * FRAME)
        return mixFrames([part(low), part(high)])
      }),
    )
    expect(dominantTone(both)).toBeNull()
  })

  test('mixing clips instead of wrapping round', () => {
    const loud = tone(500, 0.02, 0.95)
    expect(rmsOf(mixFrames([loud, loud]))).toBeGreaterThan(rmsOf(loud))
  })
})

describe('WAV files', () => {
  test('a written file reads back the same', () => {
    const sound = tone(440, 0.3)
    expect(readWav(writeWav(sound))).toEqual(sound)
  })

  test('16-bit PCM at 8 kHz mono is taken too, as people record it', () => {
    const file = writeWav(new Uint8Array(4))
    file.writeUInt16LE(1, 20)
    file.writeUInt16LE(16, 34)
    file.writeInt16LE(1000, 46)
    file.writeInt16LE(-1000, 48)
    expect([...toSamples(readWav(file))].map((sample) => Math.round(sample / 100))).toEqual([10, -10])
  })

  test('other rates, other formats and other files are refused with a sentence', () => {
    const stereo = writeWav(new Uint8Array(8))
    stereo.writeUInt16LE(2, 22)
    const float = writeWav(new Uint8Array(8))
    float.writeUInt16LE(3, 20)
    expect(() => readWav(stereo)).toThrow('8 kHz mono')
    expect(() => readWav(float)).toThrow('µ-law or 16-bit PCM')
    expect(() => readWav(Buffer.from('no sound at all'))).toThrow('not a WAV file')
    expect(() => readWav(writeWav(new Uint8Array(8)).subarray(0, 38))).toThrow('without sound')
  })
})
