// The strip between the form and its foot: what was heard and the one key that reports it, then what has become of it. It
// takes no focus and moves no field; it stays until it is answered.
import { Siren } from 'lucide-react'
import { Button, Dropdown } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { WarningLevel } from '../../contract/warnings.ts'
import { levelRow } from '../../core/warnings/levels.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { Choice } from '../kit/Choice.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { useSession } from '../wrapup/sessionContext.ts'
import { FileDialog } from './FileDialog.tsx'
import { NotSaved } from './NotSaved.tsx'
import { RaisedStrip } from './RaisedStrip.tsx'
import type { Risk } from './useRisk.ts'
import { firstLevel } from './useRisk.ts'
import { useLevelName } from './useLevelName.ts'
import styles from './WarningStrip.module.css'

export const WarningStrip = ({ risk }: { readonly risk: Risk }) => {
  const { reference, onCommand } = useWorkplace()
  const session = useSession()
  const [adds, setAdds] = useState(false)
  const { suggestion, raised, byHand, choose, raise } = risk
  const asks = suggestion !== null || byHand !== null

  const press = useCallback(() => {
    // Pressed again while it is being kept: the agent wants to add already.
    if (asks) {
      if (!raise()) setAdds(true)
    } else if (raised) setAdds(true)
    else choose(firstLevel(session, reference.warnings))
  }, [asks, raise, raised, choose, session, reference])
  useEffect(() => onCommand('warn', press), [onCommand, press])

  return (
    <>
      {suggestion ? (
        <Heard risk={risk} onRaise={press} />
      ) : raised ? (
        <RaisedStrip risk={risk} raised={raised} onAdds={() => setAdds(true)} />
      ) : byHand === null ? null : (
        <ByHand risk={risk} onRaise={press} />
      )}
      {/* Whatever is heard meanwhile: what is typed in it stays. */}
      {adds && raised ? (
        <FileDialog risk={risk} report={raised.report} onClose={() => setAdds(false)} />
      ) : null}
    </>
  )
}

const RaiseButton = ({ label, onRaise }: { readonly label: string; readonly onRaise: () => void }) => {
  const keys = useKeys()
  return (
    <Button type="primary" aria-keyshortcuts={ariaKeys(keys.warn)} onClick={onRaise}>
      {label}
      <KeyCap keys={keys.warn} />
    </Button>
  )
}

type AskProps = { readonly risk: Risk; readonly onRaise: () => void }

const Heard = ({ risk, onRaise }: AskProps) => {
  const { warnings: words } = useText()
  const { reference, settings } = useWorkplace()
  const nameOf = useLevelName()
  const { suggestion, raised, problem, dismiss } = risk
  const rules = reference.warnings
  if (!suggestion || !rules) return null
  const { level, rule, quotes, people } = suggestion
  const row = levelRow(level, rules)
  const en = settings.language === 'en'
  const byPeople = row !== null && people !== null && people >= row.people
  const above = rules.levels.filter((each) => row && each.people > row.people).map((each) => each.people)
  const range = byPeople
    ? words.inBrackets(words.range(row.people, above.length > 0 ? Math.min(...above) - 1 : null))
    : ''
  const says = [row ? words.limit(row.minutes) : null, en ? rule.says.en : rule.says.zh]
    .filter(Boolean)
    .join('·')
  const reasons = rules.dismissals
    .filter((each) => each.active)
    .toSorted((a, b) => a.sort - b.sort)
    .map((each) => ({ key: each.code, label: en ? each.en : each.zh }))
  return (
    <section className={styles.strip} aria-label={words.strip}>
      <Siren size={22} aria-hidden="true" className={styles.icon} />
      <div className={styles.words} role="alert">
        <p className={styles.first}>
          <strong>{words.heard(quotes.map(({ text }) => text))}</strong>
          <Tag tone="gold">{`${words.suggests(nameOf(level))}${range}`}</Tag>
        </p>
        <p className={styles.second} title={says}>
          {says}
        </p>
        <NotSaved problem={problem} />
      </div>
      <Dropdown
        trigger={['click']}
        placement="topRight"
        // The agent opened the menu: the arrow keys belong to it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        menu={{ items: reasons, onClick: ({ key }) => dismiss(key), 'aria-label': words.notItWhy }}
      >
        <Button aria-haspopup="menu">{words.notIt}</Button>
      </Dropdown>
      <RaiseButton label={raised ? words.raiseTo(nameOf(level)) : words.raise} onRaise={onRaise} />
    </section>
  )
}

const ByHand = ({ risk, onRaise }: AskProps) => {
  const { warnings: words } = useText()
  const nameOf = useLevelName()
  const { byHand, choose, problem } = risk
  return (
    <section className={styles.strip} aria-label={words.strip}>
      <Siren size={22} aria-hidden="true" className={styles.icon} />
      <div className={styles.words} role="alert">
        <p className={styles.first}>
          <strong>{words.byHand}</strong>
        </p>
        <p className={styles.second}>{words.byHandSays}</p>
        <NotSaved problem={problem} />
      </div>
      <Choice
        label={words.level}
        options={WarningLevel.options.map((value) => ({ value, label: nameOf(value) }))}
        value={byHand}
        onChange={choose}
      />
      <Button onClick={() => choose(null)}>{words.cancel}</Button>
      <RaiseButton label={words.raise} onRaise={onRaise} />
    </section>
  )
}
