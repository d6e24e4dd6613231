// The protocol's number. One line per bump: the test hashes the contract and fails until this grows.
// 1  first release: session, push/pull, tickets, feed, practice
// 2  a call's record carries the curve of its quality; policy.autoAnswer
// 3  a call's summary tells who ended it and the PBX's reference: who was cut off, which calls belong together
// 4  a telephone account tells what the centre saw of the PBX's certificate
// 5  a call's record says to whom it was put through, by whom, for which call it was made, and that it was three-way
// 6  a call's summary says for which call it was a consultation
// 7  a call's quality says whether the other side heard us
// 8  the lead sees what the world outside is told of work orders, and decides what is stuck
// 9  a session brings the keys the account's stores are sealed with
// 10 a telephone account tells the keys that pause a recording; a call's record says when it was paused
// 11  attachments travel in chunks behind the record
// 12 a call's record and summary say whether the seat rang: of an internal call nothing else does
// 13  one person's unsent work is handed in, sealed, by another
// 15  seats pull the knowledge base
// 16  early warnings: raised at a seat, rung and signed for by the duty leader
// 17  a form and a call's summary say when the caller was promised a call
// 18 a push and a pull are told how long they stood in line at the centre: that is no slowness of the link
// 19 a seat on the wall says whether the queue may offer it calls
// 20 the centre tells how it keeps what it is given: room, backups, whether it can write
// 21 a work order its department returned is sent again under its number; a handler asks for a later limit, a lead decides
// 22 work orders travel with the official numbers their seat was told
// 23 a seat notes for the audit what was exported as a file
// 24 a handler and a lead are told how many work orders wait for them
// 25 one person's unsent attachments are handed in, sealed, by another
// 26 warnings travel with the official numbers their seat was told, as work orders do
// 27 a warning that became graver says when that was heard
// 28 a lead dispatches in its agent's place what a department returned
// 29 the centre says which warnings came late, of those that became graver too; a signature says how grave the screen showed it
// 30 a call's summary says why the call ended; a seat notes for the audit what refused change was let go of
export const PROTOCOL = 30
/** The centre still takes seats that speak this one; older ones must be updated first. */
export const OLDEST_SEAT = 1
/** Every request of a seat names its protocol under this header; without it, it is the first one. */
export const protocolHeader = 'x-hotline-protocol'
