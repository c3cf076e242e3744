import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'

type Packed = {
  readonly appOutDir: string
  readonly electronPlatformName: string
  readonly packager: { readonly appInfo: { readonly productFilename: string }; readonly executableName?: string }
}

/** What the packaged executable may and may not do: one line for each fuse that Electron has. */
export const fuses: Readonly<Record<FuseV1Options, boolean>> = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
}

const states = { on: '1'.charCodeAt(0), off: '0'.charCodeAt(0) }

/** The fuses that an executable has, by number, in their present state. */
export const readFuses = async (executable: string): Promise<ReadonlyMap<number, boolean>> => {
  const { version: _, ...wire } = await getCurrentFuseWire(executable)
  return new Map(Object.entries(wire).map(([fuse, state]) => [Number(fuse), Number(state) === states.on]))
}

const executableOf = ({ appOutDir, electronPlatformName, packager }: Packed): string => {
  const { productFilename } = packager.appInfo
  if (electronPlatformName === 'darwin') return join(appOutDir, `${productFilename}.app`)
  if (electronPlatformName === 'win32') return join(appOutDir, `${productFilename}.exe`)
  return join(appOutDir, packager.executableName ?? productFilename)
}

/** electron-builder's hook after packing: sets every fuse that the executable has; fails on one not listed above. */
export default async function afterPack(packed: Packed): Promise<void> {
  const executable = executableOf(packed)
  // Electron's own start page has no place in a packed app.
  rmSync(join(packed.appOutDir, 'resources', 'default_app.asar'), { force: true })
  const present = [...(await readFuses(executable)).keys()]
  const unknown = present.filter((fuse) => !(fuse in fuses))
  if (unknown.length > 0)
    throw new Error(`This Electron has fuses that set-fuses.ts does not know: ${unknown.join(', ')}`)
  // An older Electron lacks the newest fuse, and setting that one would be refused. Every one that it has must be here,
  // which `strictlyRequireAllFuses` checks; the type asks for those that it lacks too, hence the cast.
  const wanted = Object.fromEntries(
    Object.entries(fuses).filter(([fuse]) => present.includes(Number(fuse))),
  ) as typeof fuses
  await flipFuses(executable, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: packed.electronPlatformName === 'darwin',
    ...wanted,
  })
}
