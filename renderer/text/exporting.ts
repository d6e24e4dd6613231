// Words of an export: a list as a file for a spreadsheet.

const zhNumber = (count: number): string => count.toLocaleString('zh-CN')

const zh = {
  start: '导出',
  stop: '停止导出',
  calls: '通话记录',
  tickets: '工单',
  counting: (count: number, total: number | null) =>
    total === null ? `已写 ${zhNumber(count)} 行` : `已写 ${zhNumber(count)} / ${zhNumber(total)} 行`,
  stopped: '已停止，没有存文件',
  done: (count: number) => `已导出 ${zhNumber(count)} 行`,
  failed: (why: string) => `没导出：${why}`,
  callHead: ['时间', '方向', '来电人', '号码', '类别', '内容', '结果', '通话', '坐席', '派单'],
  ticketHead: [
    '工单号',
    '状态',
    '诉求',
    '职工',
    '单位',
    '承办',
    '类别',
    '主题',
    '紧急程度',
    '保密',
    '派单',
    '时限',
    '坐席',
  ],
  yes: '是',
}

const enNumber = (count: number): string => count.toLocaleString('en')

const en: typeof zh = {
  start: 'Export',
  stop: 'Stop the export',
  calls: 'calls',
  tickets: 'workOrders',
  counting: (count, total) =>
    total === null ? `${enNumber(count)} rows` : `${enNumber(count)} of ${enNumber(total)} rows`,
  stopped: 'Stopped, nothing was saved',
  done: (count) => `${enNumber(count)} rows saved`,
  failed: (why) => `Not exported: ${why}`,
  callHead: [
    'When',
    'Direction',
    'Caller',
    'Number',
    'Category',
    'About',
    'Result',
    'Talk',
    'Agent',
    'Dispatched',
  ],
  ticketHead: [
    'Number',
    'State',
    'Matter',
    'Worker',
    'Employer',
    'Department',
    'Category',
    'Topic',
    'Urgency',
    'Secret',
    'Dispatched',
    'Limit',
    'Agent',
  ],
  yes: 'yes',
}

export const exporting = { zh, en }
