// Which names are one employer: the same key at the seat, which counts calls, and at the centre, which joins them into one
// event file. Law: docs/rules/warnings.md

const legal = /(?:有限责任|股份有限|有限)?(?:公司|集团|工厂|厂|店|中心|分部)$/u

const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^)]*\)|\s|[.,·。，、"'“”‘’-]/gu, '')

/**
 * 恒泽电子（示例）有限公司 → 恒泽电子; '' when too little is left to tell one employer from another. `noEmployer`: words of the
 * reference data that are typed where nobody knows the name (不详, 工地), as they stand or before a legal form (劳务公司).
 */
export const employerKey = (name: string, noEmployer: readonly string[] = []): string => {
  const plain = plainName(name)
  const key = plain.replace(legal, '')
  const isNone = noEmployer.map(plainName).some((word) => word === plain || word === key)
  if (isNone || key === '' || plain.startsWith('某')) return ''
  return key.length >= 2 ? key : plain.length >= 2 ? plain : ''
}
