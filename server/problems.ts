// The centre's sentences when something does not work, and the HTTP status each problem travels under.
// A sentence says what happened, whether the data is safe and what to do; it never repeats what was sent.
import { failed, type Answer, type ClosedAccount, type ProblemCode } from '../contract/answer.ts'
import type { Keeping } from '../contract/keeping.ts'

export const statusOf: Readonly<Record<ProblemCode, number>> = {
  bad_input: 422,
  not_signed_in: 401,
  wrong_password: 401,
  locked: 429,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_new: 409,
  too_old: 426,
  too_large: 413,
  too_many: 429,
  busy: 503,
  unreachable: 503,
  not_ours: 502,
  unsupported: 415,
  failed: 500,
}

const cannotWrite: Record<NonNullable<Keeping['unwritable']>['why'], string> = {
  full: '中心数据库的磁盘满了，存不进去，只能查看。请在中心的机器上腾出空间；席位都存着，腾出来就自动补传。',
  readOnly:
    '中心的数据库现在只许读，存不进去。请检查 PostgreSQL 是不是切到了备库；席位都存着，恢复后自动补传。',
  away: '中心连不上数据库。请检查数据库是否开着；席位都存着，恢复后自动补传。',
  failed: '中心的数据库出了故障，存不进去。请检查磁盘和数据库；席位都存着，恢复后自动补传。',
}

export const problems = {
  badInput: (field: string): Answer<never> =>
    failed('bad_input', '有一栏内容不合要求，没有保存。请改正后再试。', field === '' ? {} : { field }),
  badJson: (): Answer<never> => failed('bad_input', '中心读不懂这次请求，没有保存。请再试一次。'),
  notSignedIn: (): Answer<never> => failed('not_signed_in', '签入已过期，资料都在。请重新签入。'),
  wrongPassword: (): Answer<never> => failed('wrong_password', '工号或密码不对，请核对后再试。'),
  /** To an older seat just a sentence; a newer one acts on `closed`. */
  accountClosed: (closed: ClosedAccount): Answer<never> =>
    failed('not_signed_in', '账号已停用，请联系管理员。没上传的内容加密留在原来的电脑上，不会丢。', {
      closed,
    }),
  locked: (retryAfterMs: number): Answer<never> =>
    failed('locked', `密码错误次数过多，请 ${Math.ceil(retryAfterMs / 60_000)} 分钟后再试，或找管理员。`, {
      retryAfterMs,
    }),
  forbidden: (): Answer<never> => failed('forbidden', '本账号没有这项权限，没有改动。需要时请找管理员。'),
  otherDepartment: (): Answer<never> => failed('forbidden', '这张工单不归本部门办理，没有改动。'),
  notFound: (): Answer<never> => failed('not_found', '没有找到这条记录，请刷新后再看。'),
  noSuchAddress: (): Answer<never> => failed('not_found', '中心没有这个地址，请检查程序版本。'),
  tooNew: (): Answer<never> =>
    failed('too_new', '中心版本较旧，暂时收不了；内容都在本机，中心升级后自动再传。'),
  tooOld: (): Answer<never> =>
    failed('too_old', '本程序版本太旧，中心不再接收；内容都在本机，请升级本程序。'),
  tooLarge: (): Answer<never> => failed('too_large', '一次发送的内容太大，没有保存。请分批发送。'),
  tooMany: (retryAfterMs: number): Answer<never> =>
    failed('too_many', '操作太频繁，没有保存。请稍等片刻再试。', { retryAfterMs }),
  busy: (): Answer<never> =>
    failed('busy', '中心暂时存不进去，没有保存。本机资料都在，稍后会再发。', { retryAfterMs: 2_000 }),
  cannotWrite: (why: NonNullable<Keeping['unwritable']>['why']): Answer<never> =>
    failed('busy', cannotWrite[why]),
  tooSlow: (retryAfterMs: number): Answer<never> =>
    failed('busy', '中心的数据库太慢，这次没有办。本机资料都在，稍后会自动再试。', { retryAfterMs }),
  tooBusy: (retryAfterMs: number): Answer<never> =>
    failed('busy', '很多席位同时在传，这次没有轮到。本机资料都在，稍后会自动再试。', { retryAfterMs }),
  unsupported: (): Answer<never> => failed('unsupported', '中心不支持这种格式，没有保存。'),
  failed: (): Answer<never> => failed('failed', '中心出了差错，没有保存。请再试，仍不行请找管理员。'),
  recordFirst: (): Answer<never> =>
    failed('not_found', '这通电话的记录还没到中心，附件随后自动再传。', { retryAfterMs: 5_000 }),
  notAttachable: (field: string): Answer<never> =>
    failed('bad_input', '中心不收这种附件：类型、大小或件数不合规定。内容仍在本机。', { field }),
  ticketMoved: (): Answer<never> => failed('conflict', '工单状态已变，这一步没有做。请刷新后再看。'),
  limitIsOver: (): Answer<never> =>
    failed('conflict', '办理时限已过，延期要在到期以前申请，没有改动。请尽快反馈，并向班长说明。'),
  noLaterDay: (): Answer<never> =>
    failed('bad_input', '延期要延到现在时限以后的一个工作日，没有改动。请改选日期。', { field: 'day' }),
  noSuchPlan: (): Answer<never> =>
    failed('bad_input', '没有这个承办单位或时限，没有改派。请改选。', { field: 'department' }),
  dayIsOver: (): Answer<never> =>
    failed('conflict', '申请延到的日期已经过了，没有改动。请点不同意，并写明怎么办。'),
  actionTaken: (): Answer<never> => failed('conflict', '这个操作编号已用在别的工单上，没有改动。'),
  warningMoved: (): Answer<never> => failed('conflict', '这件预警状态已变，这一步没有做。请刷新后再看。'),
  warningGraver: (): Answer<never> =>
    failed('conflict', '这件预警刚升了级，还没有签收。请看清现在的级别再签收。'),
  practiceOnly: (): Answer<never> => failed('forbidden', '只有练习中心才能这样做，没有改动。'),
  practiceFull: (): Answer<never> =>
    failed('busy', '练习座席都有人在用，请稍后再试。', { retryAfterMs: 15_000 }),
  noTelephone: (): Answer<never> => failed('forbidden', '本账号没有电话，不能练习接听。'),
  exchangeAway: (): Answer<never> =>
    failed('busy', '练习交换机正在重启，请几秒后再试。', { retryAfterMs: 3_000 }),
} as const
