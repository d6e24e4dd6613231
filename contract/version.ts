// The protocol's number. One line per bump: the test hashes the contract and fails until this grows.
// 1  first release: session, push/pull, tickets, feed, practice
// 2  a call's record carries the curve of its quality; policy.autoAnswer
export const PROTOCOL = 2
