// The telephone tree from the page head while the centre is away: whom to phone, for whatever has to be reported
// without it. Nothing is noted here; a warning raised on this seat has the tree in its own strip.
import { Phone } from 'lucide-react'
import { Button } from 'antd'
import { useState } from 'react'
import { Panel } from '../softphone/Panel.tsx'
import { useText } from '../text/catalogue.ts'
import { PhoneTree } from './PhoneTree.tsx'
import styles from './TreeButton.module.css'

export const TreeButton = () => {
  const { warnings: words } = useText()
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.place}>
      <Button
        size="small"
        aria-expanded={open}
        icon={<Phone size={13} aria-hidden="true" />}
        onClick={() => setOpen(!open)}
      >
        {words.tree}
      </Button>
      {open ? (
        <Panel label={words.tree} width={380} onClose={() => setOpen(false)}>
          <p className={styles.says}>{words.treeAway}</p>
          <PhoneTree level="red" phoned={[]} />
        </Panel>
      ) : null}
    </div>
  )
}
