// Plants one bug: `node --import test/sim/plant.ts …` with PLANT=name replaces a few words of one source file as it is
// loaded. A text that is not there, or there twice, ends the run: a bug must not vanish with the line it lived in.
import { registerHooks } from 'node:module'
import { bugs } from './bugs.ts'

const name = process.env['PLANT'] ?? ''
const bug = bugs.find((each) => each.name === name)
if (!bug) throw new Error(`no bug is called ${name}`)
let planted = false

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(`/${bug.file}`)) return loaded
    const text = String(loaded.source)
    if (text.split(bug.instead).length !== 2)
      throw new Error(`${bug.name}: its place in ${bug.file} has changed`)
    planted = true
    return { ...loaded, source: text.replace(bug.instead, () => bug.put) }
  },
})

process.once('exit', () => {
  if (!planted) console.log(`${name}: ${bug.file} was never loaded`)
})
