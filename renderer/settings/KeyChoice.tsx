// Other keys than the defaults: one row per command. The pressed key counts only if a rule of core/keyMap.ts has nothing
// against it; what speaks against it is said below the row. A ring ends the choosing, so that its key answers.
import { Button } from 'antd'
import { useContext, useEffect, useState } from 'react'
import type { CommandName } from '../../core/commands.ts'
import { commands } from '../../core/commands.ts'
import type { ChosenKeys, KeyProblem } from '../../core/keyMap.ts'
import { giveKey, keyProblem } from '../../core/keyMap.ts'
import { ringingCall } from '../../core/workstation.ts'
import { composes, isModifier, keyOf, KeysContext } from '../app/keys.ts'
import { useCommands, useKeys } from '../app/useKeys.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import styles from './KeyChoice.module.css'

type Said = { readonly command: CommandName; readonly key: string; readonly problem: KeyProblem | null }

export const KeyChoice = () => {
  const text = useText()
  const t = text.keys
  const { settings, writeSettings, keysTaken } = useWorkplace()
  const keys = useKeys()
  const names = useCommands()
  const { choose } = useContext(KeysContext)
  const rings = useWorkstation((state) => ringingCall(state) !== null)
  const [choosing, setChoosing] = useState<CommandName | null>(null)
  const [said, setSaid] = useState<Said | null>(null)
  const write = (chosen: ChosenKeys) => void writeSettings({ keys: chosen })

  if (rings && choosing !== null) setChoosing(null)
  useEffect(() => {
    if (choosing === null) return undefined
    return choose((event) => {
      if (composes(event)) return undefined
      if (event.key === 'Tab') return setChoosing(null)
      event.preventDefault()
      event.stopPropagation()
      if (isModifier(event) || event.repeat) return undefined
      setChoosing(null)
      if (event.key === 'Escape') return undefined
      const key = keyOf(event)
      const problem = keyProblem(keys, choosing, key)
      setSaid({ command: choosing, key, problem })
      if (problem === null) void writeSettings({ keys: giveKey(settings.keys, choosing, key) })
      return undefined
    })
  }, [choosing, choose, keys, settings.keys, writeSettings])

  const changed = names.some((name) => keys[name] !== commands[name].key)
  return (
    <>
      <ul className={styles.rows} aria-label={t.title}>
        {names.map((name) => (
          <li key={name} className={styles.row}>
            <span className={styles.word}>{t.commands[name]}</span>
            {name === 'hangUp' ? <small>{t.held}</small> : null}
            <button
              type="button"
              className={`${styles.key} ${choosing === name ? styles.choosing : ''}`}
              aria-label={choosing === name ? t.pressNow : t.change(t.commands[name], keys[name])}
              onClick={() => {
                setSaid(null)
                setChoosing(name)
              }}
              onBlur={() => setChoosing((now) => (now === name ? null : now))}
            >
              {choosing === name ? t.pressNow : <KeyCap keys={keys[name]} />}
            </button>
            {said?.command === name ? (
              <output className={said.problem === null ? styles.done : styles.problem}>
                {said.problem === null
                  ? t.changed(said.key)
                  : said.problem.why === 'taken'
                    ? t.taken(said.key, t.commands[said.problem.by])
                    : t.refused[said.problem.why](said.key)}
                {said.problem?.why === 'taken' && said.problem.swap ? (
                  <Button
                    size="small"
                    onClick={() => {
                      write(giveKey(settings.keys, name, said.key))
                      setSaid({ ...said, problem: null })
                    }}
                  >
                    {t.swap}
                  </Button>
                ) : null}
              </output>
            ) : null}
            {keysTaken.includes(name) && choosing !== name ? (
              <output className={styles.problem}>{t.notElsewhere(keys[name])}</output>
            ) : null}
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <span>{t.changeNote}</span>
        <Button
          size="small"
          disabled={!changed}
          onClick={() => {
            setSaid(null)
            write({})
          }}
        >
          {t.reset}
        </Button>
      </div>
    </>
  )
}
