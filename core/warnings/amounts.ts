// How many people, months or hundredths a text speaks of: 三百多人, 60 多人, 两个月, 三成. Reads what agents type while they
// listen; what it cannot read it leaves out. Law: docs/rules/warnings.md

export type Amount = {
  readonly of: 'people' | 'months' | 'percent'
  readonly value: number
  /** Where in the text: code units from, to. */
  readonly start: number
  readonly end: number
  /** All there are (全厂八百人), and not those it happens to. */
  readonly isWhole: boolean
}

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  // At least so many: 几十人 are twenty or more.
  几: 2,
  数: 2,
}
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000, 万: 10_000 }

/** 三百二十, 一千二, 几十, 1,200, 1.2万, 3百. */
export const numberIn = (text: string): number => {
  let whole = 0
  let section = 0
  let digit: number | null = null
  let unit = 1
  let gap = false
  for (const [part] of text.matchAll(/\d[\d,]*(?:\.\d+)?|[^\s\d]/gu)) {
    const written = /^\d/.test(part) ? Number(part.replaceAll(',', '')) : undefined
    const size = units[part]
    if (size === undefined) {
      digit = written ?? digits[part] ?? 0
      gap = gap || part === '零' || part === '〇'
      continue
    }
    gap = false
    unit = size
    if (size === 10_000) {
      whole = (section + (digit ?? (section === 0 ? 1 : 0))) * size
      section = 0
    } else section += (digit ?? 1) * size
    digit = null
  }
  // 三百五 is 350, 三百零五 is 305.
  const short = unit >= 100 && !gap && (digit ?? 0) > 0 && (digit ?? 0) < 10 && /^\D/u.test(text)
  return Math.round(whole + section + (digit ?? 0) * (short ? unit / 10 : 1))
}

const numerals = '零〇一二两俩三四五六七八九十百千万几数'
const number = String.raw`(?:\d[\d,]*(?:\.\d+)?\s*[十百千万]*|[${numerals}]+)`
const more = '(?:多|余|来|把|几|出头|左右|上下)?'

/** A number from its first figure on, and no ordinal: 第三十个. */
const count = String.raw`(?<!第 ?|\d[.,]?(?=\d)|[${numerals}](?=[${numerals}]))(${number})\s*${more}\s*`
const folk = '(?:人(?!民币|间)|员工|职工|工人|工友|同事|农民工|骑手|司机|老乡|姐妹|兄弟)'
/** 三百人, 30 名, 三十多口人: nothing but people is counted so. */
const heads = new RegExp(String.raw`${count}(?:[名位口]\s*${more}\s*${folk}?|${folk})`, 'gu')

// 个 counts everything. It is people where nothing is named, 我们30个都没拿到, unless it was made: 一天做300个.
const made = String.raw`(?:做|干|打|送|生产|加工)[了满够]?\s*`
const goesOn =
  '(?:[都没还全被不也就要已去来走签拿堵闹围罢辞离等和跟里了吧的]|停(?!车)|在(?!建)|一起|一块|一直|上访)'
const unnamed = new RegExp(
  String.raw`(?<!${made})${count}个\s*${more}(?=\s*(?:$|[^\p{L}\p{N}\s]|${goesOn}))`,
  'gu',
)
// And where what is named are people of whatever kind, 几十个年轻人: no time, nobody and no other number comes between.
const time = '(?:月|小时|钟头|工作日|工时|星期|礼拜|年头|点)'
const kind = String.raw`(?:(?![没无多${numerals}])\p{Script=Han})`
const others =
  '(?:人员|员|友|师傅?|[男女][工的]?|姑娘|小伙子?|阿姨|保安|保洁|护士|学生|实习生|学徒|同志|家属|代表|岗位|名额)'
const worker = '工(?![作资地厂期伤时程龄种序件队])'
const named = new RegExp(
  String.raw`${count}个\s*${more}\s*(?!${time})(?:${kind}{0,3}?(?:${others}|${folk})|${kind}{1,3}?${worker})`,
  'gu',
)

/** 15号 is a day, 88号 a house, 15号人社局 a day too. */
const numbered = new RegExp(String.raw`${count}号(?!人[民事家力社])\s*(${folk})?`, 'gu')

/**
 * 号人 are people, and 二十来号, 几十号, but not after a month. All others by two of three signs: a word for people behind,
 * 多 or 几, more than a month has days.
 */
const isCrowd = ([said, , who]: RegExpExecArray, before: string, value: number): boolean => {
  if (who === '人') return true
  if (/月\s*$/u.test(before)) return false
  const signs = [who !== undefined, /[多几]/u.test(said), value > 31]
  return /[来余]|[几数][十百千万]/u.test(said) || signs.filter(Boolean).length > 1
}

const months = new RegExp(String.raw`(${number})\s*${more}\s*个\s*${more}\s*半?\s*月`, 'gu')
/** Not 2024 年. */
const years = new RegExp(
  String.raw`(?<!\d)(\d{1,2}|[一二两三四五六七八九十几]{1,3}|半)\s*${more}\s*年(?!前|代|级|月|度|底|初|终)`,
  'gu',
)
const percents = new RegExp(
  String.raw`百分之\s*(${number})|(\d+(?:\.\d+)?)\s*%|([一二两三四五六七八九])成|(一半|半数|对半)`,
  'gu',
)

/** What stands before a number that counts everybody. */
const wholes =
  /(?:全厂|全公司|全单位|全车间|全店|全体|总共|一共|共有|总人数|总数|公司有|公司共|厂里有|厂子有|单位有|工厂有|店里有|员工有)[^，。；！？\n,;!?]{0,3}$/u

/** Digits and the percent sign of full width as they should be; the length stays. */
const even = (text: string): string =>
  text.replaceAll(/[\uff05\uff0c\uff0e\uff10-\uff19]/gu, (letter) =>
    letter === '，' ? letter : String.fromCharCode(letter.charCodeAt(0) - 0xfee0),
  )

export const amountsIn = (typed: string): readonly Amount[] => {
  const text = even(typed)
  const found: Amount[] = []
  const add = (of: Amount['of'], match: RegExpExecArray, value: number): void => {
    const start = match.index
    const end = start + match[0].trimEnd().length
    // "3 个月": three months are not three people.
    if (found.some((other) => start < other.end && other.start < end)) return
    const isWhole = of === 'people' && wholes.test(text.slice(Math.max(0, start - 9), start))
    found.push({ of, value, start, end, isWhole })
  }
  for (const match of text.matchAll(percents)) {
    const [, hundredths, sign, tenths, half] = match
    const value = half === undefined ? numberIn(hundredths ?? sign ?? tenths ?? '') : 50
    add('percent', match, tenths === undefined ? value : value * 10)
  }
  for (const match of text.matchAll(months)) add('months', match, numberIn(match[1] ?? ''))
  for (const match of text.matchAll(years))
    add('months', match, match[1] === '半' ? 6 : numberIn(match[1] ?? '') * 12)
  for (const words of [heads, unnamed, named])
    for (const match of text.matchAll(words)) add('people', match, numberIn(match[1] ?? ''))
  for (const match of text.matchAll(numbered)) {
    const value = numberIn(match[1] ?? '')
    if (isCrowd(match, text.slice(Math.max(0, match.index - 2), match.index), value))
      add('people', match, value)
  }
  return found.sort((one, other) => one.start - other.start)
}
