// Files in a list: name, size, where each one is; a click saves it to this computer.
import { FileImage, FileText, X } from 'lucide-react'
import { Button } from 'antd'
import { useState } from 'react'
import type { AttachmentHead } from '../../contract/attachments.ts'
import type { KeptAttachment } from '../adapters/attachmentsPort.ts'
import { Tag } from '../kit/Tag.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './AttachmentList.module.css'
import { saveFile } from './openFile.ts'

type Props = {
  /** With their way to the centre, or plain ones the centre has. */
  readonly files: readonly (KeptAttachment | { readonly head: AttachmentHead })[]
}

export const AttachmentList = ({ files }: Props) => {
  const { attachments: words } = useText()
  return (
    <ul className={styles.list} aria-label={words.list}>
      {files.map((file) => (
        <Item key={file.head.id} file={file} />
      ))}
    </ul>
  )
}

const Item = ({ file }: { readonly file: Props['files'][number] }) => {
  const { attachments: words } = useText()
  const workplace = useWorkplace()
  const { attachments, notices } = workplace
  const [busy, setBusy] = useState(false)
  const { head } = file
  const Icon = head.type === 'application/pdf' ? FileText : FileImage
  const save = async () => {
    setBusy(true)
    const answer = await saveFile(workplace, head)
    setBusy(false)
    if (!answer.ok) notices.tell(answer.problem.text, true)
  }
  return (
    <li className={styles.item}>
      <Icon size={15} aria-hidden="true" />
      <Button
        type="link"
        size="small"
        className={styles.name ?? ''}
        loading={busy}
        aria-label={words.save(head.name)}
        onClick={() => void save()}
      >
        {head.name}
      </Button>
      <span className={styles.size}>{words.size(head.bytes)}</span>
      {'state' in file ? (
        <>
          <Tag tone={file.state === 'sent' ? 'green' : file.state === 'refused' ? 'red' : 'plain'}>
            {file.state === 'waiting' && file.received > 0
              ? words.sending(Math.floor((100 * file.received) / head.bytes))
              : words.state[file.state]}
          </Tag>
          {file.problem === null ? null : <span className={styles.problem}>{file.problem}</span>}
          {file.state === 'sent' ? null : (
            <Button
              type="text"
              size="small"
              aria-label={words.remove(head.name)}
              onClick={() => void attachments.remove(head.id)}
            >
              <X size={14} aria-hidden="true" />
            </Button>
          )}
        </>
      ) : null}
    </li>
  )
}
