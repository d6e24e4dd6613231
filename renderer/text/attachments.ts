// Words of attachments (附件).
import type { Policy } from '../../contract/reference.ts'
import type { AttachmentProblem } from '../../core/attachments/attachments.ts'

type Rules = NonNullable<Policy['attachments']>
type Problems = Record<AttachmentProblem, (name: string, rules: Rules) => string>

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`
const kinds: Record<Rules['types'][number], string> = {
  'image/jpeg': 'JPG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'application/pdf': 'PDF',
}
const kindsOf = ({ types }: Rules): string => types.map((type) => kinds[type]).join('、')

const zhProblems: Problems = {
  none: () => '现在不收附件',
  empty: (name) => `“${name}”是空文件，没有添加`,
  tooLarge: (name, rules) => `“${name}”超过 ${sizeOf(rules.maxBytes)}，没有添加；请缩小后再加`,
  tooMany: (name, rules) => `一通电话最多 ${rules.maxPerCall} 个附件，“${name}”没有添加`,
  unknownType: (name, rules) => `“${name}”不是 ${kindsOf(rules)}，没有添加`,
}
const enProblems: Problems = {
  none: () => 'No attachments are taken now',
  empty: (name) => `“${name}” is empty and was not added`,
  tooLarge: (name, rules) => `“${name}” is larger than ${sizeOf(rules.maxBytes)} and was not added`,
  tooMany: (name, rules) => `A call has ${rules.maxPerCall} attachments at most; “${name}” was not added`,
  unknownType: (name, rules) => `“${name}” is no ${kindsOf(rules)} and was not added`,
}

const zh = {
  list: '附件',
  notRead: '中心的附件没取到',
  retry: '再试',
  back: (count: number) => `本机存储缺了附件，已从第二份日志找回 ${count} 个`,
  add: '添加附件',
  choose: '选择附件',
  size: sizeOf,
  state: { waiting: '存在本机，待上传', sent: '已到中心', refused: '中心不收' },
  sending: (percent: number) => `上传 ${percent}%`,
  save: (name: string) => `保存附件 ${name}`,
  remove: (name: string) => `删掉附件 ${name}`,
  problem: zhProblems,
}
const en: typeof zh = {
  list: 'Attachments',
  notRead: 'The files at the centre could not be fetched',
  retry: 'Try again',
  back: (count) => `The local store lacked ${count} attachments: they came back from the second journal`,
  add: 'Add a file',
  choose: 'Choose files',
  size: sizeOf,
  state: { waiting: 'kept here, waiting', sent: 'at the centre', refused: 'refused' },
  sending: (percent) => `sending ${percent}%`,
  save: (name) => `Save ${name}`,
  remove: (name) => `Remove ${name}`,
  problem: enProblems,
}

export const attachments = { zh, en }
