// The sections of the wrap-up form in the order of a conversation: who, what happened, what kind, what becomes of it.
import type { ReactNode } from 'react'
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

type SectionProps = { readonly title: string; readonly tall?: boolean; readonly children: ReactNode }

const Section = ({ title, tall = false, children }: SectionProps) => (
  <fieldset className={`${styles.section} ${tall ? styles.tall : ''}`}>
    <legend className="unseen">{title}</legend>
    <span className={styles.title} aria-hidden="true">
      {title}
    </span>
    <div className={styles.rows}>{children}</div>
  </fieldset>
)

export const FormBody = () => {
  const { wrapup } = useText()
  const { sections, placeholders } = wrapup
  const { callId } = useSession()
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
      <Section title={sections.matter} tall>
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
