// Words of a later limit (延期): asked for by a department, decided by a lead.

const zh = {
  waitingDecision: '等班长批复延期',
  yourDecision: '等您批复延期',
  limitUntil: (when: string) => `延到 ${when}`,
  extended: '已延期',
  asked: '申请延期',
  askFor: '申请延期',
  askDay: '延到哪天',
  askReason: '延期理由',
  askHint: '为什么到期办不完，现在办到哪一步',
  askOver: '办理时限已过，不能再申请延期；请尽快反馈，并向班长说明',
  needDay: '请选延到哪天，写明理由',
  askedBy: (who: string, when: string) => `${who} 申请延到 ${when}`,
  decision: '批复',
  decisionHint: '给承办单位的话，同意、不同意都要写',
  needWord: '请写批复',
  grant: '同意延期',
  deny: '不同意',
}

const en: typeof zh = {
  waitingDecision: 'Waiting for the lead’s word on a later limit',
  yourDecision: 'Waiting for your word on a later limit',
  limitUntil: (when) => `until ${when}`,
  extended: 'extended',
  asked: 'later limit asked',
  askFor: 'Ask for more time',
  askDay: 'Until which day',
  askReason: 'Reason',
  askHint: 'Why it cannot be done in time, how far it is',
  askOver: 'The limit is over: no later one can be asked for. Reply soon and tell the lead',
  needDay: 'Please choose the day and give the reason',
  askedBy: (who, when) => `${who} asks for time until ${when}`,
  decision: 'Your word',
  decisionHint: 'A word to the department, for yes and no alike',
  needWord: 'Please write a word',
  grant: 'Grant',
  deny: 'Deny',
}

export const laterLimit = { zh, en }
