// Waiting without flicker: nothing for 300 ms, then a still outline of what will come.
import { Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import styles from './Late.module.css'

type Props = { readonly rows?: number; readonly label: string }

export const Late = ({ rows = 4, label }: Props) => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <output aria-label={label} className={styles.late}>
      <Skeleton paragraph={{ rows }} />
    </output>
  )
}
