// The report of a chaos run, docs/evidence/chaos.md.
import { median, machine } from '../rows.ts'
import type { Blow, Result } from './judge.ts'

export const report = (results: readonly Result[], run: { command: string; commit: string }): string => {
  const blows = [...new Set(results.flatMap((result) => Object.keys(result.blows)))] as Blow[]
  const line = (name: string, of: (result: Result) => string | number): string =>
    `| ${name} | ${results.map(of).join(' | ')} |`
  return [
    '# Chaos on real parts',
    '',
    `\`${run.command}\` at commit ${run.commit}, ${machine()}.`,
    '',
    'A seat saves calls, forms and work orders without end. The desktop is its main and preload bundles in the stand-in and',
    'the product’s own opening of store and second journal on the page; the browser seat is the same page served by the',
    'centre. Browser, program, centre and PostgreSQL are ended with kill -9; the wire is cut at a random byte, up and down,',
    'all the while; the disk (a small one with the profile and the journal on it) is filled; files of store and journal',
    'are flipped, cut and deleted with unsent work in them, **and the seat goes on in them**. Then everything the screen was',
    'told saved is compared with what the centre holds, by the checker of the simulation (`test/sim/checker.ts`).',
    '',
    line('', ({ seat, database }) => `${seat}, ${database}`),
    `| --- | ${results.map(() => '---').join(' | ')} |`,
    line('minutes', ({ seconds }) => (seconds / 60).toFixed(1)),
    line('calls, work orders told saved', ({ calls, tickets }) => `${calls}, ${tickets}`),
    line('revisions told saved', ({ revisions }) => revisions),
    ...blows.map((blow) => line(blow, (result) => result.blows[blow] ?? '–')),
    line('cut after bytes (least, median, most)', ({ cuts }) =>
      cuts.length === 0 ? '–' : `${Math.min(...cuts)}, ${Math.round(median(cuts))}, ${Math.max(...cuts)}`,
    ),
    line('given back by the second journal', ({ broughtBack }) => broughtBack),
    line('worked on after a start on the full disk', (result) =>
      result.blows['disk full at start'] === undefined ? '–' : result.startedFull,
    ),
    line('saves said to have failed', ({ refused }) => refused),
    line('**lost**', ({ lost }) => lost),
    line('**duplicated**', ({ duplicated }) => duplicated),
    line('**reordered**', ({ reordered }) => reordered),
    line('promises broken', ({ wrong }) => wrong.length),
    '',
  ].join('\n')
}
