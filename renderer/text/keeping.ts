// Words of how the centre keeps what it is given (中心状况).
import type { Keeping } from '../../contract/keeping.ts'

type Why = NonNullable<Keeping['unwritable']>['why']
type BackupWhy = NonNullable<Keeping['backup']['failing']>['why']
type Place = Keeping['room'][number]['place']

const zhCannot: Record<Why, string> = {
  full: '中心数据库的磁盘满了，存不进去',
  readOnly: '中心的数据库现在只许读，存不进去',
  away: '中心连不上数据库',
  failed: '中心的数据库出了故障，存不进去',
}
const zhCannotTodo: Record<Why, string> = {
  full: '请运维在数据库那台机器上腾出空间，腾出来就自动补传。',
  readOnly: '请运维看 PostgreSQL 是不是切到了备库、设成了只读。',
  away: '请运维看数据库是否开着、网络通不通。',
  failed: '请运维看磁盘和 server.log。',
}
const zhPlace: Record<Place, string> = { data: '中心的磁盘', backup: '备份盘' }
const zhBackupTodo: Record<BackupWhy, string> = {
  full: '备份目录的盘满了：请运维腾出空间，十分钟后自动再做。',
  failed: '请运维看备份目录还在不在、能不能写（server.log 里的 backup failed），十分钟后自动再做。',
}
const gb = (bytes: number): string =>
  bytes < 1024 ** 3 ? `${Math.floor(bytes / 1024 ** 2)} MB` : `${Math.floor(bytes / 1024 ** 3)} GB`

const zh = {
  title: '存储和备份',
  cannot: zhCannot,
  cannotTodo: zhCannotTodo,
  cannotSafe: (when: string) => `从 ${when} 起；各席位都存着，不会丢，查看照常。`,
  lowRoom: (place: Place, bytes: number) => `${zhPlace[place]}只剩 ${gb(bytes)}`,
  lowRoomTodo: '请运维腾出 1 GB 以上。',
  backupFails: (when: string) => `自动备份从 ${when} 起没有做成`,
  backupTodo: zhBackupTodo,
  lastGood: (when: string) => `最近一份好的是 ${when} 的。`,
  noneGood: '还没有一份好的备份。',
  backupOld: (when: string) => `最近一份备份是 ${when} 的，过了一天多`,
  backupOldTodo: '请运维看 server.log，先手工备份一份。',
  writes: '数据库',
  writesWell: '存取正常',
  room: '剩余空间',
  roomOf: (place: Place, bytes: number) => `${zhPlace[place]} ${gb(bytes)}`,
  roomUnknown: '这里看不到',
  daily: '每天备份',
  dailyOn: '开着',
  dailyOff: '没有开（启动中心时没给 --backup-dir）',
  lastBackup: '最近一份备份',
  none: '没有',
  readFailed: '没读出来',
}

const enCannot: Record<Why, string> = {
  full: 'The disk of the centre’s database is full: nothing can be stored',
  readOnly: 'The centre’s database may only be read: nothing can be stored',
  away: 'The centre cannot reach its database',
  failed: 'The centre’s database failed: nothing can be stored',
}
const enCannotTodo: Record<Why, string> = {
  full: 'Have room made on the database’s machine; what waits is sent by itself then.',
  readOnly: 'Have somebody look whether PostgreSQL went over to a replica or was set read-only.',
  away: 'Have somebody look whether the database is up and the network works.',
  failed: 'Have somebody look at the disk and at server.log.',
}
const enPlace: Record<Place, string> = { data: 'centre’s disk', backup: 'backup disk' }

const en: typeof zh = {
  title: 'Storage and backup',
  cannot: enCannot,
  cannotTodo: enCannotTodo,
  cannotSafe: (when) => `Since ${when}. Every seat keeps its work; reading goes on.`,
  lowRoom: (place, bytes) => `${gb(bytes)} left on the ${enPlace[place]}`,
  lowRoomTodo: 'Have 1 GB or more made free.',
  backupFails: (when) => `No daily backup could be made since ${when}`,
  backupTodo: {
    full: 'The disk of the backups is full: have room made, it is tried again in ten minutes.',
    failed:
      'Have somebody look at the backup folder (backup failed in server.log); tried again in ten minutes.',
  },
  lastGood: (when) => `The last good one is of ${when}.`,
  noneGood: 'There is no good backup yet.',
  backupOld: (when) => `The last backup is of ${when}, more than a day old`,
  backupOldTodo: 'Have somebody look at server.log, and make one by hand.',
  writes: 'Database',
  writesWell: 'reads and writes',
  room: 'Room left',
  roomOf: (place, bytes) => `${enPlace[place]} ${gb(bytes)}`,
  roomUnknown: 'not seen from here',
  daily: 'Daily backup',
  dailyOn: 'on',
  dailyOff: 'off (the centre was started without --backup-dir)',
  lastBackup: 'Last backup',
  none: 'none',
  readFailed: 'Could not be read',
}

export const keeping = { zh, en }
