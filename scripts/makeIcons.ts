// Draws the icons of assets/icons/*.svg into the formats systems want, with an installed Chromium. Run by hand after
// a drawing changed; what it makes is committed, so that a build needs no browser.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { browserAdvice, installedBrowser } from '../host/installedBrowser.ts'

const assets = join(import.meta.dirname, '..', 'assets')

type Drawn = { readonly size: number; readonly png: Buffer }

/** `as` puts a drawing's own words in place of what stands in it. */
async function draw(
  names: readonly string[],
  sizes: readonly number[],
  as: (svg: string) => string = (svg) => svg,
): Promise<Map<string, Drawn[]>> {
  const executablePath = installedBrowser()
  if (executablePath === null) throw new Error(browserAdvice())
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
  const page = await browser.newPage()
  const drawn = new Map<string, Drawn[]>()
  for (const name of names) {
    const svg = Buffer.from(as(readFileSync(join(assets, 'icons', `${name}.svg`), 'utf8'))).toString('base64')
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size })
      const image = `<img src="data:image/svg+xml;base64,${svg}" width="${size}" height="${size}" style="display:block">`
      await page.setContent(`<body style="margin:0">${image}</body>`)
      const png = await page.screenshot({ omitBackground: true })
      drawn.set(name, [...(drawn.get(name) ?? []), { size, png }])
    }
  }
  await browser.close()
  return drawn
}

/** Windows: a directory of PNG images (since Vista). */
function ico(images: readonly Drawn[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...images.map(({ png }) => png)])
}

/** macOS: PNG images each under a four-letter name for its size. */
function icns(images: readonly Drawn[]): Buffer {
  const kinds: Readonly<Record<number, string>> = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' }
  const block = (kind: string, content: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(kind, 'latin1')
    head.writeUInt32BE(content.length + 8, 4)
    return Buffer.concat([head, content])
  }
  const blocks = images.flatMap(({ size, png }) => (kinds[size] ? [block(kinds[size], png)] : []))
  return block('icns', Buffer.concat(blocks))
}

const of = (images: readonly Drawn[] = [], sizes: readonly number[]) =>
  images.filter(({ size }) => sizes.includes(size))

const app = (await draw(['app'], [16, 24, 32, 48, 64, 128, 256, 512, 1024])).get('app')
writeFileSync(join(assets, 'icon.ico'), ico(of(app, [16, 24, 32, 48, 64, 128, 256])))
writeFileSync(join(assets, 'icon.icns'), icns(of(app, [128, 256, 512, 1024])))
for (const { png } of of(app, [512])) writeFileSync(join(assets, 'icon.png'), png)
// Linux desktops look for a folder of sizes.
mkdirSync(join(assets, 'linux'), { recursive: true })
for (const { size, png } of of(app, [16, 32, 48, 64, 128, 256, 512])) {
  writeFileSync(join(assets, 'linux', `${size}x${size}.png`), png)
}
const trayNames = ['idle', 'ready', 'notReady', 'onCall', 'wrapup', 'ringing', 'practice', 'practiceRinging']
const tray = await draw(
  trayNames.map((name) => `tray-${name}`),
  [16, 32],
)
mkdirSync(join(assets, 'tray'), { recursive: true })
for (const name of trayNames) {
  for (const { size, png } of tray.get(`tray-${name}`) ?? []) {
    writeFileSync(join(assets, 'tray', size === 16 ? `${name}.png` : `${name}@2x.png`), png)
  }
}
// Windows: the count over the program's icon in the taskbar. Two digits are not to be read at that size.
mkdirSync(join(assets, 'badge'), { recursive: true })
for (const count of ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9+']) {
  const smaller = (svg: string) => (count.length > 1 ? svg.replace('font-size="24"', 'font-size="19"') : svg)
  const badge = await draw(['badge'], [16, 32], (svg) => smaller(svg).replace('>count<', `>${count}<`))
  for (const { size, png } of badge.get('badge') ?? []) {
    const name = count === '9+' ? 'many' : count
    writeFileSync(join(assets, 'badge', size === 16 ? `${name}.png` : `${name}@2x.png`), png)
  }
}
