// [BAR-8] The row of a ring, drawn beforehand and out of sight, in a layer of its own: when it begins to ring, or is about to
// (BAR-15), only its words are filled in, by hand, and nothing else on screen is drawn for that frame. One frame after it has
// begun the bar's own row is there; keys and headset answer as soon as it has, the mouse from then on.
import { useLayoutEffect, useRef } from 'react'
import { maskNumber } from '../../core/privacy/mask.ts'
import type { Call } from '../../core/softphone/call.ts'
import { span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import type { Draw } from '../store.ts'
import { useWorkplace } from '../workplace.ts'
import { ringBegins } from './barView.ts'
import styles from './FirstRing.module.css'
import { RingFace } from './RingFace.tsx'
import { ringFacts, ringLimit } from './ringWords.ts'

const slots = ['number', 'name', 'facts', 'under'] as const
type Words = Readonly<Record<(typeof slots)[number], string>>

/** Not empty: changing the words of a text costs less than making one. */
const nothing = '\u00A0'
const noWords: Words = { number: nothing, name: nothing, facts: nothing, under: nothing }

export const FirstRing = () => {
  const text = useText()
  const { store, session, reference, soon } = useWorkplace()
  const layer = useRef<HTMLDivElement>(null)
  const places = useRef<Partial<Record<(typeof slots)[number], HTMLSpanElement | null>>>({})
  const place = (slot: (typeof slots)[number]) => (
    <span ref={(element) => void (places.current[slot] = element)} />
  )
  const practice = session.sip?.practice ?? false

  useLayoutEffect(() => {
    const texts = new Map(slots.map((slot) => [slot, document.createTextNode(nothing)]))
    for (const [slot, node] of texts) places.current[slot]?.replaceChildren(node)
    const show = (words: Words, transform: string) => {
      for (const [slot, node] of texts) node.data = words[slot]
      if (layer.current) layer.current.style.transform = transform
    }
    const wordsOf = (call: Call): Words => ({
      number: call.number === '' ? text.softphone.withheld : maskNumber(call.number),
      name: call.name ?? nothing,
      facts: ringFacts(text, call, practice).join('\u2002|\u2002'),
      under: ringLimit(text, call, practice, reference.policy, call.offeredTick),
    })
    let before = store.read()
    let isShown = false
    const hide = () => {
      if (isShown) show(noWords, '')
      isShown = false
    }
    const draw: Draw = (now, next) => {
      const call = ringBegins(now, next)
      if (!call) return false
      isShown = true
      show(wordsOf(call), 'none')
      soon(hide)
      return true
    }
    const unforesee = store.foresee(draw)
    const leave = store.subscribe(() => {
      const was = before
      before = store.read()
      // Whatever else happens is shown by the bar at once.
      hide()
      draw(was, before)
    })
    return () => {
      unforesee()
      leave()
    }
  }, [store, soon, text, reference, practice])

  return (
    <div className={styles.layer} ref={layer} aria-hidden="true" inert>
      <RingFace
        number={place('number')}
        name={place('name')}
        facts={place('facts')}
        timer={span(0)}
        under={place('under')}
        swings={false}
      />
    </div>
  )
}
