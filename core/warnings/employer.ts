// Which names are one employer: the same key at the seat, which counts calls, and at the centre, which joins them into one
// event file. Law: docs/rules/warnings.md

const legal = /(?:有限责任|股份有限|有限)?(?:公司|集团|工厂|厂|店|中心|分部)$/u

/** 恒泽电子（示例）有限公司 → 恒泽电子; '' when too little is left to tell one employer from another. */
export const employerKey = (name: string): string => {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^)]*\)|\s|[.,·。，、"'“”‘’-]/gu, '')
  const key = plain.replace(legal, '')
  return key.length >= 2 ? key : plain.length >= 2 ? plain : ''
}
