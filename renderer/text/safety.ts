// Words about how safe what was saved lies on this computer: disk, second journal, what was brought back.
const zh = {
  fullHead: '磁盘满了，电话照常接',
  lowHead: '磁盘快满了',
  toFree: (size: string) => `请清出 ${size}（删掉不用的文件，清空回收站）`,
  fullSafe: '存过的都在；新存的写进预留的空间',
  lowSafe: '现在存的还放得下',
  storeHead: '有的内容暂时只在第二份日志里',
  storeSafe: '不会丢，能写时自动补存、再上传',
  journalHead: '第二份日志写不了',
  journalSafe: '内容只在本机存了一份，能写时自动补上',
  journalTodo: '一直这样请报修',
  rebuilt: (records: number, drafts: number) => {
    const both = records > 0 && drafts > 0 ? `${records} 件、${drafts} 份草稿` : ''
    return `本机存储缺了内容，已从第二份日志找回 ${both || (records > 0 ? `${records} 件` : `${drafts} 份草稿`)}`
  },
  wiped: '本机存储被清空过，没上传的一件没丢，历史从中心重取',
  emptied: '浏览器的本机存储被清空过，没上传的找不回来，请核对最近的登记',
  madeGood: (records: number) => `${records} 件已从第二份日志补存到本机`,
  copied: '数据文件夹来自另一台电脑（漫游或拷贝），没上传的照常上传',
  journal: '第二份日志',
  journalIs: { ok: '一致', behind: '落后，在补' },
  keyStore: {
    weak: {
      what: '系统钥匙串没开，签入凭据只做了简单保护',
      todo: '离开请签出；请管理员装好系统钥匙串（gnome-keyring 或 KWallet）',
    },
    none: {
      what: '系统钥匙串没开，签入凭据不存在本机',
      todo: '程序重开要再输密码；请管理员开好系统钥匙串',
    },
  },
  keyStoreSafe: '来电、登记单另外加密，不受影响',
  inBrowser: '本机存了两份，关机不丢；清除浏览器数据会连没上传的一起清掉',
  once: '浏览器写不了第二份日志，磁盘坏了、清了数据，没上传的会丢；请用桌面版',
}

const en: typeof zh = {
  fullHead: 'The disk is full; calls go on',
  lowHead: 'The disk is nearly full',
  toFree: (size) => `Free ${size} (delete files, empty the bin)`,
  fullSafe: 'What was saved is there; new saves go into a reserve',
  lowSafe: 'What you save still fits',
  storeHead: 'Some of it lies in the second journal only for now',
  storeSafe: 'Nothing is lost; it is stored and sent as soon as the disk takes it',
  journalHead: 'The second journal cannot be written',
  journalSafe: 'Everything is stored once on this computer; the second copy follows',
  journalTodo: 'Report it if it stays',
  rebuilt: (records, drafts) =>
    `The local store lacked content: ${records} records and ${drafts} drafts came back from the second journal`,
  wiped: 'The local store had been wiped; nothing unsent is lost, the history comes from the centre again',
  emptied: 'This browser’s store was emptied: what was unsent is gone; please check your latest forms',
  madeGood: (records) => `${records} records were stored from the second journal`,
  copied: 'The data folder comes from another computer; what is unsent is sent as usual',
  journal: 'Second journal',
  journalIs: { ok: 'the same', behind: 'behind, catching up' },
  keyStore: {
    weak: {
      what: 'No system key store: the sign-in credential is weakly protected',
      todo: 'Sign out when you leave; ask the administrator for gnome-keyring or KWallet',
    },
    none: {
      what: 'No system key store: the sign-in credential is not kept here',
      todo: 'A restart asks for the password; ask the administrator to set up the key store',
    },
  },
  keyStoreSafe: 'Calls and forms are encrypted apart from it',
  inBrowser:
    'All of it lies on this computer twice and survives a power cut; clearing this browser’s data clears what is unsent',
  once: 'This browser writes no second journal: a broken disk or cleared data loses what is unsent; the desktop is safer',
}

export const safety = { zh, en }
