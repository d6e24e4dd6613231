// What this page runs on, once it is known: null until then.
import { useEffect, useState } from 'react'
import type { IpcOutput } from '../../contract/ipc.ts'
import { browserDesk } from '../adapters/browserDesk.ts'

export type About = IpcOutput<'about.read'>

export const useAbout = (): About | null => {
  const [about, setAbout] = useState<About | null>(null)
  useEffect(() => {
    const desk = window.desk ?? browserDesk(window)
    void desk['about.read'](null).then((answer) => setAbout(answer.ok ? answer.value : null))
  }, [])
  return about
}
