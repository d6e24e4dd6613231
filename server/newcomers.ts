// Seats of the practice centre for people without an account.
export const newcomers = ['1901', '1902', '1903', '1904', '1905', '1906', '1907', '1908', '1909'] as const

export const isNewcomer = (account: string): boolean => newcomers.some((each) => each === account)
