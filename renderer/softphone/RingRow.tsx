// A call rings.
import { useEffect, useState } from 'react'
import type { Call } from '../../core/softphone/call.ts'
import { useTick } from '../app/ticker.ts'
import { span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { MaskedNumber } from './MaskedNumber.tsx'
import { RingFace } from './RingFace.tsx'
import { ringFacts, ringLimit } from './ringWords.ts'

export const RingRow = ({ call }: { readonly call: Call }) => {
  const text = useText()
  const { reference, session, soon } = useWorkplace()
  const tick = useTick()
  // What moves gets a layer of its own from the browser; the ring is shown before that.
  const [swings, setSwings] = useState(false)
  useEffect(() => soon(() => setSwings(true)), [soon])
  const practice = session.sip?.practice ?? false
  return (
    <RingFace
      number={<MaskedNumber number={call.number} />}
      name={call.name}
      facts={ringFacts(text, call, practice).map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      timer={span(tick - call.offeredTick)}
      under={ringLimit(text, call, practice, reference.policy, tick)}
      swings={swings}
    />
  )
}
