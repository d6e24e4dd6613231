// Words of the diagnostics file: what it is for, what stands in it, what became of it.
const zh = {
  title: '诊断包',
  what: '有问题报修时，做一个诊断包交给运维：话路和信令的经过、最近通话的音质、设备、版本、设置开关、同步情况。',
  never: '里面没有姓名、号码、口令，也没有登记单的内容。',
  make: '生成诊断包',
  saved: (name: string) => `已存为 ${name}`,
  notSaved: '没有保存。',
  failed: '没做成，数据没有变动。请再试一次；仍不行请把画面拍下来报修。',
}

const en: typeof zh = {
  title: 'Diagnostics',
  what: 'For support: how the line and its signalling went, the sound of the last calls, devices, versions, switches, sync.',
  never: 'No names, numbers, passwords and nothing of the forms is in it.',
  make: 'Make the file',
  saved: (name) => `Saved as ${name}`,
  notSaved: 'Not saved.',
  failed: 'It did not work; no data was changed. Please try again.',
}

export const diagnostics = { zh, en }
