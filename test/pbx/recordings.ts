// What the PBX recorded of each call: the mix and both legs, found by call reference.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Recording {
  callRef: string
  mixed: string
  /** What the person outside said (of a call to 600: what was given back). */
  caller: string
  /** What the seat said. */
  seat: string
  /** The PBX has finished writing all three. */
  closed: boolean
}

export function recordingsIn(dir: string): Recording[] {
  const names = readdirSync(dir).filter((name) => name.endsWith('-caller.wav'))
  const all = names.map((name) => {
    const callRef = name.slice(0, -'-caller.wav'.length)
    const [mixed, caller, seat] = ['', '-caller', '-seat'].map((leg) => join(dir, `${callRef}${leg}.wav`))
    const files = [mixed ?? '', caller ?? '', seat ?? '']
    return {
      callRef,
      mixed: files[0] ?? '',
      caller: files[1] ?? '',
      seat: files[2] ?? '',
      closed: files.every(hasLength),
    }
  })
  // The PBX begins one file after the other.
  return all.filter(({ mixed, caller, seat }) => [mixed, caller, seat].every((file) => existsSync(file)))
}

const HEADER_BYTES = 44

/** The PBX writes the length into the header last. */
function hasLength(file: string): boolean {
  try {
    return readFileSync(file).readUInt32LE(HEADER_BYTES - 4) > 0
  } catch {
    return false
  }
}

/** Nothing was ever heard in this call: such a file looks the same open and closed. */
export const isEmpty = (recording: Recording): boolean =>
  [recording.mixed, recording.caller, recording.seat].every((file) => statSync(file).size <= HEADER_BYTES)
