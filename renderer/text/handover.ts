// Words of handover (交接): unsent work that somebody else carries to the centre.
import type { Exported, Imported } from '../adapters/handover.ts'

const zh = {
  title: '交接',
  what: '长时间连不上中心时，把未上传的导出成文件（加密的，只有中心能打开），拿到连得上的席位导入，或交给运维。这台电脑上别人没上传的也在里面；附件不在。导出后这里的照样留着，以后自动上传也不会重复。',
  left: (account: string, count: number) =>
    `这台电脑上还有 ${account} 的 ${count} 件，会以其本人名义自动上传`,
  save: '导出未上传',
  take: '导入',
  choose: '选择交接文件',
  nothing: '没有未上传的，不用导出',
  exported: ({ count, others }: Pick<Exported, 'count' | 'others'>) =>
    [`已导出 ${count} 件`, ...others.map(({ account, waiting }) => `其中 ${account} 的 ${waiting} 件`)].join(
      '，',
    ),
  unread: (accounts: readonly string[]) => `；${accounts.join('、')} 的没读出来，不在文件里`,
  files: (count: number) => `；附件 ${count} 个不在文件里，只从这台电脑上传，先别重装`,
  taking: '正在交给中心…',
  imported: ({ account, stored, duplicate, refused, later }: Imported) =>
    [
      `${account} 的：中心新收 ${stored} 件`,
      duplicate > 0 ? `已有 ${duplicate} 件` : null,
      refused > 0 ? `不收 ${refused} 件，请本人在原席位改正` : null,
      later > 0 ? `暂时没收 ${later} 件，稍后再导入一次` : null,
    ]
      .filter((part) => part !== null)
      .join('，'),
}
const en: typeof zh = {
  title: 'Handover',
  what: 'When the centre is away for long, save what is unsent as a file (sealed: only the centre opens it) and take it in at a seat that has the centre, or give it to operations. What others left on this computer is in it too; attachments are not. It stays here too; sent twice it is stored once.',
  left: (account, count) => `${count} of ${account}’s still wait on this computer and will go as theirs`,
  save: 'Export unsent',
  take: 'Import',
  choose: 'Choose a handover file',
  nothing: 'Nothing is unsent',
  exported: ({ count, others }) =>
    [`${count} exported`, ...others.map(({ account, waiting }) => `${waiting} of them ${account}’s`)].join(
      ', ',
    ),
  unread: (accounts) => `; ${accounts.join(', ')}: could not be read, not in it`,
  files: (count) =>
    `; ${count} attachments are not in it and go from this computer only: do not set it up anew yet`,
  taking: 'Handing in…',
  imported: ({ account, stored, duplicate, refused, later }) =>
    [
      `${account}’s: ${stored} stored`,
      duplicate > 0 ? `${duplicate} there already` : null,
      refused > 0 ? `${refused} refused, to be corrected at their own seat` : null,
      later > 0 ? `${later} not now, import again later` : null,
    ]
      .filter((part) => part !== null)
      .join(', '),
}

export const handover = { zh, en }
