// [DESK-29] Which keys do not reach us from other programs: said once for each that is found, and shown in the key list.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Desk, KeysTaken } from '../../contract/ipc.ts'
import type { Settings } from '../../contract/settings.ts'
import type { CommandName } from '../../core/commands.ts'
import { isCommand, keyMapOf } from '../../core/keyMap.ts'
import { useText } from '../text/catalogue.ts'
import type { Workplace } from '../workplace.ts'

export const useKeysTaken = (
  desk: Pick<Desk, 'hotkeys.read' | 'hotkeys.changed'>,
  { session, notices }: Pick<Workplace, 'session' | 'notices'>,
  settings: Settings,
): readonly CommandName[] => {
  const t = useText().keys
  const map = useMemo(() => keyMapOf(settings.keys), [settings.keys])
  const [taken, setTaken] = useState<readonly CommandName[]>([])
  const said = useRef('')
  const telephone = session.sip !== null
  useEffect(() => {
    if (!telephone) return undefined
    const hear = ({ commands }: KeysTaken) => {
      const names = commands.filter(isCommand)
      const news = names.map((name) => map[name]).join()
      setTaken((now) => (now.join() === names.join() ? now : names))
      if (names.length > 0 && news !== said.current)
        notices.tell(t.keysTaken(names.map((name) => [map[name], t.commands[name]])))
      said.current = news
    }
    let listens = true
    const deafen = desk['hotkeys.changed'](hear)
    // Also after the keys were changed: is the new one free?
    void desk['hotkeys.read'](null).then((answer) => listens && answer.ok && hear(answer.value))
    return () => {
      listens = false
      deafen()
    }
  }, [desk, map, notices, t, telephone])
  return taken
}
