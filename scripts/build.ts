// `npm run build`: everything that ships, into out/. `npm run build -- desk` leaves the server's bundles out.
import { build } from 'electron-vite'
import { bundleServer } from './bundleServer.ts'

const only = process.argv[2]
if (only !== 'server') await build({ logLevel: 'warn' })
if (only !== 'desk') await bundleServer()
