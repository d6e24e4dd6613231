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

const number = String.raw`(?:\d[\d,]*(?:\.\d+)?\s*[十百千万]*|[零〇一二两俩三四五六七八九十百千万几数]+)`
const more = '(?:多|余|来|把|几|出头|左右|上下)?'
const people = new RegExp(
  String.raw`(${number})\s*${more}\s*(?:(?:个|名|位|号|口)\s*${more}\s*(?:人|员工|职工|工人|工友|同事|农民工|骑手|司机|老乡|姐妹|兄弟)?|人|员工|职工|工人|工友|农民工)`,
  'gu',
)
const months = new RegExp(String.raw`(${number})\s*${more}\s*个\s*${more}\s*月`, 'gu')
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
  for (const match of text.matchAll(people)) add('people', match, numberIn(match[1] ?? ''))
  return found.sort((one, other) => one.start - other.start)
}
