// A cast for tests: callers who are pure tones, so that a test can tell by ear who is talking.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tone } from '../../practice/audio.ts'
import { writeWav } from '../../practice/wav.ts'

const card = {
  place: '某市',
  temper: '平和',
  story: '测试',
  opening: '测试',
  difficulty: 1,
  minutes: 1,
  trains: '测试',
  voice: { variant: '', speed: 140, pitch: 50 },
}

const longTone = (hertz: number) => ({
  lines: [{ say: `${hertz} Hz`, wav: `${hertz}.wav`, after: 'answer' }],
})

/** Folder with personas.json, directory.json and one long tone per person. */
export function writeTestCast(): string {
  const folder = mkdtempSync(join(tmpdir(), 'practice-voices-'))
  for (const hertz of [620, 880, 1200]) writeFileSync(join(folder, `${hertz}.wav`), writeWav(tone(hertz, 60)))
  writeFileSync(join(folder, 'short.wav'), writeWav(tone(620, 0.2)))
  writeFileSync(join(folder, 'announcement.wav'), writeWav(tone(880, 0.6)))
  const personas = [
    {
      ...card,
      ...longTone(620),
      code: 'steady',
      name: '长音',
      callerName: '李阿姨',
      number: '13800000001',
      hangUp: 'never',
    },
    { ...card, ...longTone(880), code: 'other', name: '另一位', number: '13800000002', hangUp: 'never' },
    {
      ...card,
      code: 'hasty',
      name: '等不及',
      number: '13800000003',
      lines: [],
      impatienceSeconds: 0.4,
    },
    {
      ...card,
      code: 'brief',
      name: '说完就挂',
      number: '13800000004',
      lines: [{ say: '喂', wav: 'short.wav', after: 'answer' }],
      hangUp: { afterSeconds: 0.5 },
    },
  ]
  const directory = [
    { number: '600', name: '回声测试', kind: 'echo', lines: [], voice: card.voice },
    { number: '601', name: '会议', kind: 'conference' },
    {
      number: '6001',
      name: '职工服务部',
      kind: 'answers',
      ringSeconds: 0.1,
      hangUp: 'never',
      voice: card.voice,
      lines: [{ say: '您好', wav: '1200.wav', after: 'answer' }],
    },
    {
      number: '6008',
      name: '空号',
      kind: 'fails',
      ringSeconds: 0.1,
      status: 404,
      lines: [{ say: '空号', wav: 'announcement.wav', after: 'answer' }],
    },
    { number: '6009', name: '占线', kind: 'fails', ringSeconds: 0.1, status: 486 },
  ]
  writeFileSync(join(folder, 'personas.json'), JSON.stringify(personas))
  writeFileSync(join(folder, 'directory.json'), JSON.stringify(directory))
  return folder
}
