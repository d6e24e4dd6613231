// The protocol's number. One line per bump: the test hashes the contract and fails until this grows.
// 1  first release: session, push/pull, tickets, feed, practice
export const PROTOCOL = 1
