// Sounds whose owner can be told by measuring: makes tones and speech as 8 kHz mono PCM, reads and writes WAV
// and raw µ-law, and finds which tone dominates a recording. Decides nothing about calls.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const RATE = 8000

/** Mono samples from -1 to 1. */
export interface Sound {
  rate: number
  samples: Float32Array
}

/** A stretch of a sound, from its beginning; the whole when left out. */
export interface Stretch {
  fromMs?: number
  toMs?: number
}

export function tone(hz: number, ms: number, level = 0.3, rate = RATE): Sound {
  const samples = new Float32Array(Math.round((ms * rate) / 1000))
  for (let i = 0; i < samples.length; i++) samples[i] = level * Math.sin((2 * Math.PI * hz * i) / rate)
  return { rate, samples }
}

export const silence = (ms: number, rate = RATE): Sound => tone(0, ms, 0, rate)

export function joined(...sounds: Sound[]): Sound {
  const samples = Float32Array.from(sounds.flatMap((sound) => [...sound.samples]))
  return { rate: sounds[0]?.rate ?? RATE, samples }
}

/** Chinese written as numbered pinyin ("ni3 hao3"), spoken. Needs espeak-ng and sox. */
export function speech(pinyin: string, rate = RATE): Sound {
  const dir = mkdtempSync(join(tmpdir(), 'speech-'))
  try {
    const spoken = join(dir, 'spoken.wav')
    const scaled = join(dir, 'scaled.wav')
    execFileSync('espeak-ng', ['-v', 'cmn-latn-pinyin', '-s', '150', '-w', spoken, pinyin])
    execFileSync('sox', ['-G', spoken, '-r', String(rate), '-c', '1', '-b', '16', scaled])
    return readWav(scaled)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

export function writeWav(file: string, sound: Sound): string {
  const data = Buffer.alloc(sound.samples.length * 2)
  sound.samples.forEach((sample, i) => data.writeInt16LE(Math.round(clamp(sample) * 32767), i * 2))
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(sound.rate, 24)
  head.writeUInt32LE(sound.rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  writeFileSync(file, Buffer.concat([head, data]))
  return file
}

/** Raw G.711 µ-law, what SIPp streams. */
export function writeUlaw(file: string, sound: Sound): string {
  writeFileSync(
    file,
    Uint8Array.from(sound.samples, (sample) => toUlaw(Math.round(clamp(sample) * 32767))),
  )
  return file
}

/** PCM 16 bit WAV, of whatever is on disk so far: a file still being written has no length in its header. */
export function readWav(file: string): Sound {
  const bytes = readFileSync(file)
  // Begun, and nothing of it is on disk.
  if (bytes.length === 0) return { rate: RATE, samples: new Float32Array() }
  if (bytes.toString('latin1', 0, 4) !== 'RIFF') throw new Error(`${file} is no WAV file`)
  let at = 12
  let rate = RATE
  let channels = 1
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    if (name === 'fmt ') {
      channels = bytes.readUInt16LE(at + 10)
      rate = bytes.readUInt32LE(at + 12)
      if (bytes.readUInt16LE(at + 22) !== 16) throw new Error(`${file} is not 16 bit`)
    }
    if (name === 'data') {
      const end = size === 0 ? bytes.length : Math.min(at + 8 + size, bytes.length)
      return { rate, samples: firstChannel(bytes.subarray(at + 8, end), channels) }
    }
    at += 8 + size + (size % 2)
  }
  return { rate, samples: new Float32Array() }
}

function firstChannel(data: Buffer, channels: number): Float32Array {
  const samples = new Float32Array(Math.floor(data.length / 2 / channels))
  for (let i = 0; i < samples.length; i++) samples[i] = data.readInt16LE(i * 2 * channels) / 32768
  return samples
}

const clamp = (sample: number): number => Math.max(-1, Math.min(1, sample))

function toUlaw(pcm: number): number {
  const sign = pcm < 0 ? 0x80 : 0
  const value = Math.min(Math.abs(pcm), 32635) + 132
  const exponent = Math.max(0, Math.floor(Math.log2(value)) - 7)
  const mantissa = (value >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

const asSound = (from: string | Sound): Sound => (typeof from === 'string' ? readWav(from) : from)

function cut(sound: Sound, stretch: Stretch): Float32Array {
  const at = (ms: number): number => Math.round((ms * sound.rate) / 1000)
  return sound.samples.subarray(
    at(stretch.fromMs ?? 0),
    stretch.toMs === undefined ? undefined : at(stretch.toMs),
  )
}

export const durationMs = (from: string | Sound): number => {
  const sound = asSound(from)
  return (sound.samples.length * 1000) / sound.rate
}

/** Root mean square of the stretch, 0 (silence) to 1. */
export function rms(from: string | Sound, stretch: Stretch = {}): number {
  const samples = cut(asSound(from), stretch)
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length)
}

/** How loud one frequency (±5 Hz or so) is: rms of that component alone over the stretch, by Goertzel in 200 ms pieces. */
export function rmsAt(from: string | Sound, hz: number, stretch: Stretch = {}): number {
  const sound = asSound(from)
  const samples = cut(sound, stretch)
  const piece = Math.min(samples.length, Math.round(sound.rate / 5))
  if (piece === 0) return 0
  let power = 0
  let pieces = 0
  for (let start = 0; start + piece <= samples.length; start += piece, pieces++)
    power += componentPower(samples.subarray(start, start + piece), hz, sound.rate)
  return Math.sqrt(power / pieces)
}

/** The loudest frequency between 80 and 3600 Hz, ±3 Hz, or null when the stretch is practically silent. */
export function dominantHz(from: string | Sound, stretch: Stretch = {}): number | null {
  const sound = asSound(from)
  if (rms(sound, stretch) < 0.001) return null
  const scan = (low: number, high: number, by: number): number => {
    let best = low
    let loudest = -1
    for (let hz = low; hz <= high; hz += by) {
      const level = rmsAt(sound, hz, stretch)
      if (level > loudest) [best, loudest] = [hz, level]
    }
    return best
  }
  const near = scan(80, 3600, 4)
  return scan(near - 4, near + 4, 1)
}

/** Mean power of one frequency in a short piece; a full-scale sine gives 0.5. */
function componentPower(samples: Float32Array, hz: number, rate: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rate)
  let before = 0
  let beforeThat = 0
  for (const sample of samples) [before, beforeThat] = [sample + turn * before - beforeThat, before]
  const magnitude = before * before + beforeThat * beforeThat - turn * before * beforeThat
  return (2 * magnitude) / (samples.length * samples.length)
}
