// Adding files to the form in front: chosen with the system's own dialog, kept here at once, sent behind the record.
import { Paperclip } from 'lucide-react'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { CallId } from '../../contract/ids.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { AttachmentList } from './AttachmentList.tsx'
import styles from './AttachmentList.module.css'
import { addFile } from './openFile.ts'
import { useKept } from './useKept.ts'

export const AttachmentField = ({ callId }: { readonly callId: CallId }) => {
  const { attachments: words } = useText()
  const workplace = useWorkplace()
  const rules = workplace.reference.policy.attachments
  const files = useKept(callId)
  const input = useRef<HTMLInputElement>(null)
  const [says, setSays] = useState<string | null>(null)
  // [SCREEN-7] On a low screen the list grows below what is in sight.
  const field = useRef<HTMLDivElement>(null)
  const chose = useRef(false)
  const count = files.length
  useEffect(() => {
    if (chose.current && count > 0) field.current?.scrollIntoView({ block: 'nearest' })
  }, [count])
  if (!rules) return null
  const take = async (chosen: readonly File[]) => {
    setSays(null)
    chose.current = true
    for (const file of chosen) {
      const outcome = await addFile(workplace, callId, file)
      if (outcome === 'added') continue
      setSays(typeof outcome === 'object' ? outcome.says : words.problem[outcome](file.name, rules))
      return
    }
  }
  return (
    <div className={styles.field} ref={field}>
      {count > 0 ? <AttachmentList files={files} /> : null}
      <Button size="small" onClick={() => input.current?.click()}>
        <Paperclip size={14} aria-hidden="true" />
        {words.add}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={rules.types.join(',')}
        aria-label={words.choose}
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          void take(chosen)
        }}
      />
      {says === null ? null : (
        <span className={styles.says} role="alert">
          {says}
        </span>
      )}
    </div>
  )
}
