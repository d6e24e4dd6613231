// A page that breaks takes only itself down: bar and calls go on. A class because React offers nothing else for this.
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Component } from 'react'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { useText } from '../text/catalogue.ts'
import styles from './PageFault.module.css'

/** Drawn anew after a fault, not the same element again: its code may not have loaded [PAGE-6]. */
type Props = { readonly children: () => ReactNode }
type State = { readonly fault: string | null }

export class PageFault extends Component<Props, State> {
  override state: State = { fault: null }

  static getDerivedStateFromError(error: unknown): State {
    return { fault: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
  }

  override render() {
    if (this.state.fault === null) return this.props.children()
    return <Fault text={this.state.fault} again={() => this.setState({ fault: null })} />
  }
}

const Fault = ({ text, again }: { readonly text: string; readonly again: () => void }) => {
  const t = useText()
  return (
    <div className={styles.fault}>
      <ErrorNote
        what={t.app.fault.what}
        safe={t.app.fault.safe}
        todo={t.app.fault.todo}
        details={{ label: t.app.fault.details, text }}
        action={<Button onClick={again}>{t.app.fault.again}</Button>}
        urgent
      />
    </div>
  )
}
