// For somebody without a telephone (a handler, an administrator in a browser): who they are, and how to sign out.
import { Dropdown } from 'antd'
import { Building2, ChevronDown } from 'lucide-react'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './SeatStateMenu.module.css'

export const RoleMenu = () => {
  const t = useText().seat
  const { account, reference, session, settings, signOut } = useWorkplace()
  const row = reference.departments.find((each) => each.code === account.department)
  const department = row ? (settings.language === 'en' ? row.en : row.zh) : null
  const who = department === null ? t.role[account.role] : `${t.role[account.role]}·${department}`
  // Without a telephone nothing is striped: the word alone says that these work orders are made up.
  const word = session.centre.practice ? t.practice(who) : who
  return (
    <Dropdown
      menu={{ items: [{ key: 'signOut', label: t.signOut }], onClick: () => void signOut() }}
      trigger={['click']}
      // The agent opened the menu: the arrow keys belong to it.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
    >
      <button type="button" className={styles.pill} aria-haspopup="menu">
        <Building2 size={17} aria-hidden="true" />
        <span className="unseen">{t.menu}</span>
        <b>{word}</b>
        <span className={styles.switch}>
          {t.noTelephone}
          <ChevronDown size={14} aria-hidden="true" />
        </span>
      </button>
    </Dropdown>
  )
}
