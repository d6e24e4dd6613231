// One click makes the file support asks for; what stands in it is said before it is made.
import { Button } from 'antd'
import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { browserDesk } from '../adapters/browserDesk.ts'
import { gatherDiagnostics } from '../diagnostics/gather.ts'
import { useText } from '../text/catalogue.ts'
import { fileTime } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './DiagnosticsFile.module.css'

type Told = { readonly wrong: boolean; readonly text: string }

export const DiagnosticsFile = () => {
  const t = useText().diagnostics
  const workplace = useWorkplace()
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<Told | null>(null)
  const make = async () => {
    setBusy(true)
    setTold(null)
    const desk = window.desk ?? browserDesk(window)
    try {
      const made = await gatherDiagnostics(workplace, desk)
      const name = `hotline-diagnostics-${fileTime(made.madeAt)}.json`
      const answer = await desk['diagnostics.save']({ name, text: JSON.stringify(made, null, 1) })
      setTold(
        answer.ok
          ? { wrong: false, text: answer.value.saved ? t.saved(name) : t.notSaved }
          : { wrong: true, text: answer.problem.text },
      )
    } catch {
      setTold({ wrong: true, text: t.failed })
    }
    setBusy(false)
  }
  return (
    <div className={styles.body}>
      <p>{t.what}</p>
      <p>{t.never}</p>
      <Button icon={<FileDown size={15} aria-hidden="true" />} loading={busy} onClick={() => void make()}>
        {t.make}
      </Button>
      <output className={told?.wrong ? styles.wrong : styles.told}>{told?.text ?? ''}</output>
    </div>
  )
}
