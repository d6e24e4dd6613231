// The sections of the wrap-up form in the order of a conversation: who, what happened, what kind, what becomes of it.
import type { ReactNode, RefObject } from 'react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { AttachmentField } from '../attachments/AttachmentField.tsx'
import { useText } from '../text/catalogue.ts'
import {
  CategoryField,
  ConfidentialField,
  DispositionField,
  MemberField,
  PeopleField,
  TopicField,
  UnionField,
  UrgencyField,
} from './ChoiceFields.tsx'
import { ContactField } from './ContactField.tsx'
import { DispatchCard } from './DispatchCard.tsx'
import { OccurredField } from './OccurredField.tsx'
import { TextField } from './TextField.tsx'
import styles from './FormBody.module.css'
import { useSession } from './sessionContext.ts'

type SectionProps = {
  readonly title: string
  /** The height of a section that fills what room there is; null: as the room allows. Absent: as high as its fields. */
  readonly tall?: { readonly height: number | null; readonly ref: RefObject<HTMLFieldSetElement | null> }
  readonly children: ReactNode
}

const Section = ({ title, tall, children }: SectionProps) => (
  <fieldset
    className={`${styles.section} ${tall ? (tall.height === null ? styles.tall : styles.pinned) : ''}`}
    {...(tall ? { ref: tall.ref } : {})}
    style={tall?.height ? { height: tall.height } : undefined}
  >
    <legend className="unseen">{title}</legend>
    <span className={styles.title} aria-hidden="true">
      {title}
    </span>
    <div className={styles.rows}>{children}</div>
  </fieldset>
)

/**
 * [WARN-17] While something stands below the form, the section that fills the room keeps the height it had: no field
 * moves. When the window itself changes its size, it takes what room there is then.
 */
const useTall = (pinned: boolean) => {
  const ref = useRef<HTMLFieldSetElement>(null)
  const [height, setHeight] = useState<number | null>(null)
  useEffect(() => {
    const section = ref.current
    if (!section || pinned) return undefined
    const observer = new ResizeObserver(() => setHeight(section.getBoundingClientRect().height))
    observer.observe(section)
    return () => observer.disconnect()
  }, [pinned])
  useEffect(() => {
    if (!pinned) return undefined
    const fitAnew = () => setHeight(null)
    window.addEventListener('resize', fitAnew)
    return () => window.removeEventListener('resize', fitAnew)
  }, [pinned])
  useLayoutEffect(() => {
    if (pinned && height === null && ref.current) setHeight(ref.current.getBoundingClientRect().height)
  }, [pinned, height])
  return { ref, height: pinned ? height : null }
}

type Props = {
  /** Something stands between the form and its foot. */
  readonly pinned: boolean
}

export const FormBody = ({ pinned }: Props) => {
  const { wrapup } = useText()
  const { sections, placeholders } = wrapup
  const { callId } = useSession()
  const tall = useTall(pinned)
  return (
    <div className={styles.body}>
      <Section title={sections.caller}>
        <div className={`${styles.row} ${styles.who}`}>
          <TextField field="callerName" />
          <ContactField />
          <MemberField />
        </div>
        <div className={`${styles.row} ${styles.where}`}>
          <TextField field="employer" />
          <UnionField />
        </div>
      </Section>
      <Section title={sections.matter} tall={tall}>
        <div className={`${styles.row} ${styles.when}`}>
          <OccurredField />
          <TextField field="address" />
        </div>
        <TextField field="cause" />
        <TextField field="course" tall placeholder={placeholders.course} className={styles.course} />
      </Section>
      <Section title={sections.sort}>
        <CategoryField />
        <div className={`${styles.row} ${styles.topic}`}>
          <TopicField />
          <PeopleField />
          <ConfidentialField />
        </div>
        <div className={`${styles.row} ${styles.urgency}`}>
          <UrgencyField />
          <DispositionField />
        </div>
      </Section>
      <Section title={sections.handling}>
        <DispatchCard />
        <TextField field="toldCaller" placeholder={placeholders.toldCaller} />
        <TextField field="nextStep" placeholder={placeholders.nextStep} />
        <AttachmentField callId={callId} />
      </Section>
    </div>
  )
}
