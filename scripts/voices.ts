// Makes the sound of the practice callers from assets/voices/{personas,directory}.json with espeak-ng, and writes it
// next to them as 8 kHz µ-law WAV. Run by hand when a line changes; the result is committed and nothing of the
// synthesiser ships:   node scripts/voices.ts [CODE …]
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { FRAME, SAMPLE_RATE, toMulaw } from '../practice/audio.ts'
import { Persona } from '../practice/persona.ts'
import { DirectoryEntry } from '../practice/voices.ts'
import { writeWav } from '../practice/wav.ts'

// The plain `cmn` voice of espeak-ng 1.51 spells its own pinyin in English; this one speaks.
const VOICE = 'cmn-latn-pinyin'
const HOME = fileURLToPath(new URL('../assets/voices/', import.meta.url))

/** Words the synthesiser reads wrong, with the pinyin it honours inline. Longest first. */
const READINGS: [string, string][] = [
  ['爱干不干', '爱gan4不gan4'],
  ['没干了', '没gan4了'],
  ['不干了', '不gan4了'],
  ['干了', 'gan4了'],
  ['干活', 'gan4活'],
  ['冲床', 'chong4床'],
  ['冲压', 'chong4压'],
  ['冲你', 'chong4你'],
  ['工地', '工di4'],
  ['劳务', '劳wu4'],
  ['班长', '班zhang3'],
  ['行为', '行wei2'],
  ['空号', 'kong4号'],
  ['喂，', 'wei2，'],
  ['块儿', '块'],
  ['大伙儿', '大伙'],
  ['哪儿', '哪里'],
  ['老伴儿', '老伴'],
]

const people = [
  ...z.array(Persona).parse(readJson('personas.json')),
  ...z
    .array(DirectoryEntry)
    .parse(readJson('directory.json'))
    .filter((entry) => 'lines' in entry),
]
const wanted = process.argv.slice(2)
const scratch = mkdtempSync(join(tmpdir(), 'voices-'))
let bytes = 0
for (const { lines, voice } of people) {
  for (const { say, wav } of lines) {
    if (wanted.length > 0 && !wanted.some((code) => wav.startsWith(`${code}/`))) continue
    const file = writeWav(toMulaw(levelled(trimmed(spoken(withSandhi(withReadings(say)), voice)))))
    mkdirSync(dirname(join(HOME, wav)), { recursive: true })
    writeFileSync(join(HOME, wav), file)
    bytes += file.length
    console.log(`${wav}  ${(file.length / SAMPLE_RATE).toFixed(1)} s  ${say}`)
  }
}
rmSync(scratch, { recursive: true })
console.log(`${(bytes / 1e6).toFixed(2)} MB`)

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(HOME, name), 'utf8'))
}

function espeak(text: string, ...options: string[]): string {
  return execFileSync('espeak-ng', [...options, text], { encoding: 'utf8' })
}

function withReadings(text: string): string {
  return READINGS.reduce((changed, [word, reading]) => changed.replaceAll(word, reading), text)
}

/** 一 and 不 change their tone before the next syllable; espeak-ng knows the third tone's sandhi but not these. */
function withSandhi(text: string): string {
  const syllables = [...text.matchAll(/\p{Script=Han}|[a-z]+[1-5]/gu)]
  const sounds = espeak(text, '-q', '-x', '-v', VOICE).split(/_\|\s*/)
  const isAligned = sounds.filter((sound) => sound.trim() !== '').length === syllables.length
  if (!isAligned) throw new Error(`syllables and sounds disagree: ${text}`)
  const isDigit = (syllable: string | undefined) =>
    syllable !== undefined && '第十一二三四五六七八九'.includes(syllable)
  let changed = ''
  let position = 0
  syllables.forEach((match, index) => {
    changed += text.slice(position, match.index)
    position = match.index + match[0].length
    const next = syllables[index + 1]
    const isAdjacent = next !== undefined && next.index === position
    const isFourth = next?.[0] === '个' || (sounds[index + 1] ?? '').includes('51')
    const isNumeral = isDigit(syllables[index - 1]?.[0]) || isDigit(next?.[0])
    if (match[0] === '一' && isAdjacent && !isNumeral) changed += isFourth ? 'yi2' : 'yi4'
    else if (match[0] === '不' && isAdjacent && isFourth) changed += 'bu2'
    else changed += match[0]
  })
  return changed + text.slice(position)
}

/** 16-bit samples at 8 kHz, -1..1. */
function spoken(text: string, voice: Persona['voice']): Float64Array {
  const file = join(scratch, 'line.wav')
  const name = voice.variant ? `${VOICE}+${voice.variant}` : VOICE
  espeak(text, '-z', '-v', name, '-s', `${voice.speed}`, '-p', `${voice.pitch}`, '-w', file)
  const wav = readFileSync(file)
  const rate = wav.readUInt32LE(24)
  const input = Float64Array.from(
    { length: (wav.length - 44) >> 1 },
    (_, index) => wav.readInt16LE(44 + index * 2) / 32768,
  )
  return resampled(input, rate)
}

/** Windowed-sinc low-pass below the telephone's 3.6 kHz, read at 8 kHz. */
function resampled(input: Float64Array, rate: number): Float64Array {
  const reach = 40
  const cutoff = (2 * 3600) / rate
  return Float64Array.from({ length: Math.floor((input.length * SAMPLE_RATE) / rate) }, (_, index) => {
    const centre = (index * rate) / SAMPLE_RATE
    let sum = 0
    for (let at = Math.ceil(centre - reach); at <= centre + reach; at += 1) {
      const distance = at - centre
      const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach)
      const angle = Math.PI * cutoff * distance
      const sinc = distance === 0 ? 1 : Math.sin(angle) / angle
      sum += (input[at] ?? 0) * cutoff * sinc * window
    }
    return sum
  })
}

/** Without the silence around it, padded to whole frames. */
function trimmed(sound: Float64Array): Float64Array {
  const isLoud = (sample: number) => Math.abs(sample) > 0.01
  const start = Math.max(0, sound.findIndex(isLoud) - 2 * FRAME)
  const end = Math.min(sound.length, sound.findLastIndex(isLoud) + 4 * FRAME)
  const whole = new Float64Array(Math.ceil((end - start) / FRAME) * FRAME)
  whole.set(sound.subarray(start, end))
  return whole
}

/** Every voice equally loud (about -19 dB), without clipping; as 16-bit values. */
function levelled(sound: Float64Array): Float64Array {
  const rms = Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length)
  const peak = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const gain = Math.min(0.11 / rms, 0.95 / peak) * 32767
  return sound.map((sample) => Math.round(sample * gain))
}
