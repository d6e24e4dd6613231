// Called by electron-builder after packing: states the fuse electron-builder 26 has no name for (E19: all explicit).
// The other eight stand in electron-builder.yml.
import { FuseV1Options, FuseVersion } from '@electron/fuses'

type Packed = {
  readonly packager: {
    addElectronFuses(packed: Packed, fuses: Readonly<Record<string, unknown>>): Promise<unknown>
  }
}

export async function afterPack(packed: Packed): Promise<void> {
  await packed.packager.addElectronFuses(packed, {
    version: FuseVersion.V1,
    // WebAssembly bounds checks by signal handler: the database's speed, no lesser safety.
    [FuseV1Options.WasmTrapHandlers]: true,
  })
}
