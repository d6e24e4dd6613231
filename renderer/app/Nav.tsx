// The navigation on the left: the pages this role may see, and nothing else.
import { useText } from '../text/catalogue.ts'
import { Brand } from './Brand.tsx'
import styles from './Nav.module.css'
import type { Page } from './pages.ts'
import type { PageName } from './route.ts'
import { hashOf } from './route.ts'

type Props = { readonly pages: readonly Page[]; readonly active: PageName | null }

const Item = ({ page, active }: { readonly page: Page; readonly active: boolean }) => {
  const t = useText()
  const { icon: Icon, name, Badge } = page
  return (
    <li>
      <a
        href={hashOf(name)}
        className={`${styles.item} ${active ? styles.active : ''}`}
        aria-current={active ? 'page' : undefined}
      >
        <span className={styles.icon}>
          <Icon size={21} strokeWidth={1.8} aria-hidden="true" />
          {Badge ? <Badge /> : null}
        </span>
        <span className={styles.word}>{t.app.nav[name]}</span>
      </a>
    </li>
  )
}

export const Nav = ({ pages, active }: Props) => {
  const t = useText()
  const list = (foot: boolean) =>
    pages
      .filter((page) => (page.foot ?? false) === foot)
      .map((page) => <Item key={page.name} page={page} active={page.name === active} />)
  return (
    <nav className={styles.nav} aria-label={t.app.navigation}>
      <span className={styles.brand} title={t.app.name}>
        <Brand />
      </span>
      <ul>{list(false)}</ul>
      <ul className={styles.foot}>{list(true)}</ul>
    </nav>
  )
}
