// Which Electron we ship and how old it may get (E16): one of the three majors that still get security patches, and
// not more than 60 days behind. Look the dates up at each release (`npm view electron time`) and write them here.
export type ElectronRelease = {
  readonly version: string
  readonly releasedOn: string
  /** Majors that got patches in the week of the look-up. */
  readonly supported: readonly number[]
  readonly lookedUpOn: string
}

export const electronRelease: ElectronRelease = {
  version: '45.4.1',
  releasedOn: '2026-11-19',
  supported: [43, 44, 45],
  lookedUpOn: '2026-11-23',
}

const dayMs = 86_400_000
const limitDays = 60

/** null: may be shipped on that day. */
export function tooOld(release: ElectronRelease, today: Date): string | null {
  const major = Number(release.version.split('.')[0])
  if (!release.supported.includes(major)) return `Electron ${major} no longer gets security patches.`
  const sinceLookUp = (today.getTime() - Date.parse(release.lookedUpOn)) / dayMs
  if (sinceLookUp > limitDays) {
    return `Electron ${release.version} was last compared with its newest patch ${Math.floor(sinceLookUp)} days ago; look again before a release.`
  }
  const behind = (Date.parse(release.lookedUpOn) - Date.parse(release.releasedOn)) / dayMs
  return behind > limitDays
    ? `Electron ${release.version} is ${behind} days old; take the newest patch.`
    : null
}
