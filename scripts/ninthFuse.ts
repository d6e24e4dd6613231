// Called by electron-builder after packing: states the fuse its own, older @electron/fuses has no name for (E19: all
// explicit). The other eight stand in electron-builder.yml and are set right after this.
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { join } from 'node:path'

type Packed = {
  readonly appOutDir: string
  readonly electronPlatformName: string
  readonly packager: {
    /** Linux only. */
    readonly executableName?: string
    readonly appInfo: { readonly productFilename: string }
  }
}

function programOf({ appOutDir, electronPlatformName, packager }: Packed): string {
  const name = packager.executableName ?? packager.appInfo.productFilename
  const endings: Readonly<Record<string, string>> = { darwin: '.app', mas: '.app', win32: '.exe' }
  return join(appOutDir, `${name}${endings[electronPlatformName] ?? ''}`)
}

export async function afterPack(packed: Packed): Promise<void> {
  await flipFuses(programOf(packed), {
    version: FuseVersion.V1,
    // WebAssembly bounds checks by signal handler: the database's speed, no lesser safety.
    [FuseV1Options.WasmTrapHandlers]: true,
  })
}
