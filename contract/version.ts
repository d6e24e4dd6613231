// The protocol's number. One line per bump: the test hashes the contract and fails until this grows.
// 1  first release: session, push/pull, tickets, feed, practice
// 2  a call's record carries the curve of its quality; policy.autoAnswer
// 3  a call's summary tells who ended it and the PBX's reference: who was cut off, which calls belong together
// 4  a telephone account tells what the centre saw of the PBX's certificate
export const PROTOCOL = 4
