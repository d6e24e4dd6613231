// Words of handover (交接): unsent work that somebody else carries to the centre.
import type { Left } from '../adapters/handover.ts'
import type { ExportTold } from '../adapters/handoverExport.ts'
import type { HandoverFiles } from '../adapters/handoverFile.ts'
import type { Imported, Taken } from '../adapters/handoverImport.ts'

type Going = Omit<NonNullable<ReturnType<HandoverFiles['errand']>>, 'percent'>
type Stopped = NonNullable<Taken['stopped']>

const joined = (by: string, ...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(by)

/** Behind a word. Nothing of a kind is not named, unless there is nothing at all. */
const things = (count: number, files: number): string =>
  joined('、', count > 0 || files === 0 ? ` ${count} 件` : null, files > 0 ? `附件 ${files} 个` : null)
const thingsEn = (count: number, files: number): string =>
  joined(
    ' and ',
    count > 0 || files === 0 ? `${count}` : null,
    files > 0 ? `${files} attachment${files === 1 ? '' : 's'}` : null,
  )
const some = (text: string, ...counts: number[]): string | null =>
  counts.every((count) => count === 0) ? null : text

const zh = {
  title: '交接',
  what: '长时间连不上中心时，把未上传的连同附件导出成文件（加密的，只有中心能打开），拿到连得上的席位导入，或交给运维。这台电脑上别人没上传的也在里面。导出后这里的照样留着，以后自动上传也不会重复。',
  left: ({ account, waiting, files, refused }: Left) =>
    joined(
      '；',
      some(`这台电脑上还有 ${account} 的${things(waiting, files)}，会以其本人名义自动上传`, waiting, files),
      some(`${account} 有 ${refused} 件中心没收，留在这台电脑上，等本人签入改正`, refused),
    ),
  save: '导出未上传',
  take: '导入',
  stop: '停下',
  choose: '选择交接文件',
  progress: '进度',
  nothing: '没有未上传的，不用导出',
  exported: ({ count, files, others }: Pick<ExportTold, 'count' | 'files' | 'others'>) =>
    [
      `已导出${things(count, files)}`,
      ...others.map((other) => `其中 ${other.account} 的${things(other.waiting, other.files)}`),
    ].join('，'),
  unread: (accounts: readonly string[]) => `；${accounts.join('、')} 的没读出来，不在文件里`,
  filesUnread: (accounts: readonly string[]) =>
    `；${accounts.join('、')} 的附件没读出来，不在文件里，先别重装`,
  stay: (files: number) => `；附件 ${files} 个中心不收或已不完整，不在文件里，先别重装`,
  going: ({ what, paused, ending }: Going) => {
    if (ending) return '正在停下…'
    if (paused) return '正在通话，附件等通话结束再交'
    return { exporting: '正在导出…', checking: '正在核对文件…', taking: '正在交给中心…' }[what]
  },
  imported: ({ account, things: { stored, duplicate, refused, later }, files }: Imported) =>
    joined(
      '，',
      `${account} 的：中心新收${things(stored, files.stored)}`,
      some(`已有${things(duplicate, files.duplicate)}`, duplicate, files.duplicate),
      some(`不收${things(refused, files.refused)}，请本人在原席位改正`, refused, files.refused),
      some(`暂时没收${things(later, files.later)}，稍后再导入一次`, later, files.later),
    ),
  empty: '文件里没有未上传的',
  stopped: (why: Stopped) => {
    if (why === 'cancelled') return '已停下，其余的没有交；再导入一次会接着交'
    if (why === 'changed') return '文件读到一半读不下去了，其余的没有交，请再导入一次'
    return `其余的没有交，稍后再导入一次（${why.text}）`
  },
}
const en: typeof zh = {
  title: 'Handover',
  what: 'When the centre is away for long, save what is unsent, attachments too, as a file (sealed: only the centre opens it) and take it in at a seat that has the centre, or give it to operations. What others left on this computer is in it too. It stays here too; sent twice it is stored once.',
  left: ({ account, waiting, files, refused }) =>
    joined(
      '; ',
      some(
        `${thingsEn(waiting, files)} of ${account}’s still wait on this computer and will go as theirs`,
        waiting,
        files,
      ),
      some(`${refused} of ${account}’s were refused and stay here for them to correct`, refused),
    ),
  save: 'Export unsent',
  take: 'Import',
  stop: 'Stop',
  choose: 'Choose a handover file',
  progress: 'Progress',
  nothing: 'Nothing is unsent',
  exported: ({ count, files, others }) =>
    [
      `${thingsEn(count, files)} exported`,
      ...others.map((other) => `${thingsEn(other.waiting, other.files)} of them ${other.account}’s`),
    ].join(', '),
  unread: (accounts) => `; ${accounts.join(', ')}: could not be read, not in it`,
  filesUnread: (accounts) =>
    `; ${accounts.join(', ')}: attachments could not be read, not in it, do not set this computer up anew yet`,
  stay: (files) =>
    `; ${thingsEn(0, files)} refused or no longer whole, not in it: do not set this computer up anew yet`,
  going: ({ what, paused, ending }) => {
    if (ending) return 'Stopping…'
    if (paused) return 'On the line: attachments go on after the call'
    return { exporting: 'Exporting…', checking: 'Checking the file…', taking: 'Handing in…' }[what]
  },
  imported: ({ account, things: { stored, duplicate, refused, later }, files }) =>
    joined(
      ', ',
      `${account}’s: ${thingsEn(stored, files.stored)} stored`,
      some(`${thingsEn(duplicate, files.duplicate)} there already`, duplicate, files.duplicate),
      some(
        `${thingsEn(refused, files.refused)} refused, to be corrected at their own seat`,
        refused,
        files.refused,
      ),
      some(`${thingsEn(later, files.later)} not now, import again later`, later, files.later),
    ),
  empty: 'Nothing unsent is in the file',
  stopped: (why) => {
    if (why === 'cancelled') return 'Stopped, the rest was not handed in; import again to go on'
    if (why === 'changed') return 'The file could not be read on, the rest was not handed in: import it again'
    return `The rest was not handed in, import again later (${why.text})`
  },
}

export const handover = { zh, en }
