// Do two things a person wrote say the same, in whatever order their fields were put down?

const inOrder = (thing: object): string =>
  JSON.stringify(Object.entries(thing).toSorted(([a], [b]) => (a < b ? -1 : 1)))

export const saysTheSame = (a: object, b: object): boolean => inOrder(a) === inOrder(b)
