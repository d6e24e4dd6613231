// How personal data is shown until somebody asks for more. Masks are for screens; stores keep the whole.

/** 13800008000 → 138****8000; shorter numbers keep their last two digits; up to five digits stay (110, 12333, 1001). */
export const maskNumber = (number: string): string => {
  if (number.length <= 5) return number
  if (number.length <= 7) return '*'.repeat(number.length - 2) + number.slice(-2)
  return `${number.slice(0, 3)}${'*'.repeat(Math.max(4, number.length - 7))}${number.slice(-4)}`
}

/** 王建平 → 王*平, 王平 → 王*: for walls and lists that others can see. */
export const maskName = (name: string): string => {
  const letters = Array.from(name)
  if (letters.length < 2) return name
  if (letters.length === 2) return `${letters[0]}*`
  return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`
}
