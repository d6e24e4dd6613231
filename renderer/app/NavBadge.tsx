// A number on a page's icon in the navigation. Nothing for zero.
import styles from './NavBadge.module.css'

type Props = { readonly count: number; readonly urgent?: boolean }

export const NavBadge = ({ count, urgent = false }: Props) =>
  count === 0 ? null : (
    <span className={`${styles.badge} ${urgent ? styles.urgent : ''}`}>{count > 99 ? '99+' : count}</span>
  )
