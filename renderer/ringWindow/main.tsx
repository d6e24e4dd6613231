// The page of the ring window: asks the desktop what rings and shows it; nothing else of the program is loaded here.
import '../kit/tokens.css'
import { createRoot } from 'react-dom/client'
import { useEffect, useState } from 'react'
import type { Desk, IpcOutput } from '../../contract/ipc.ts'
import { TextContext, texts } from '../text/catalogue.ts'
import { RingCard } from './RingCard.tsx'

type Told = IpcOutput<'ring.read'>

const RingWindow = ({ desk, first }: { readonly desk: Desk; readonly first: Told }) => {
  const [ring, setRing] = useState(first.ring)
  useEffect(() => desk['ring.changed']((told) => setRing(told.ring)), [desk])
  if (!ring) return null
  return (
    <TextContext value={texts[first.language]}>
      <RingCard ring={ring} keys={first.keys} onPress={(press) => void desk['ring.press']({ press })} />
    </TextContext>
  )
}

// Opened in a browser it has no desktop, and shows nothing.
const { desk } = window
const told = await desk?.['ring.read'](null)
const place = document.getElementById('root')
if (desk && told?.ok && place) {
  const { theme } = told.value
  const dark =
    theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
  createRoot(place).render(<RingWindow desk={desk} first={told.value} />)
}
