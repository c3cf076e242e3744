import { createHash, createPrivateKey, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ReleaseFile, type ReleaseManifest, readManifest } from '../electron/updater/manifest.ts'
import { manifestName } from '../electron/updater/updater.ts'
import { root } from './parts.ts'

const platforms = { AppImage: 'linux', deb: 'linux', rpm: 'linux', exe: 'win32', zip: 'darwin' } as const

/** What a manifest says of a file: size, SHA-512, and for which computers it is, by its name. */
export const describeFile = (folder: string, name: string): ReleaseFile => {
  const content = readFileSync(join(folder, name))
  const platform = Object.entries(platforms).find(([ending]) => name.endsWith(`.${ending}`))?.[1]
  if (platform === undefined) throw new Error(`${name} is no file of a release.`)
  return {
    platform,
    arch: /arm64|aarch64/.test(name) ? 'arm64' : 'x64',
    name,
    size: content.length,
    sha512: createHash('sha512').update(content).digest('base64'),
  }
}

/** The Ed25519 signature of exactly these bytes by a private key (PEM), in base64. */
export const signBytes = (bytes: Uint8Array, privateKey: string): string =>
  sign(null, bytes, createPrivateKey(privateKey)).toString('base64')

/** Writes the manifest of a release and its signature into a folder. */
export const writeManifest = (folder: string, manifest: ReleaseManifest, privateKey: string): void => {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  writeFileSync(join(folder, manifestName), bytes)
  writeFileSync(join(folder, `${manifestName}.sig`), `${signBytes(bytes, privateKey)}\n`)
}

const publicKeyOf = (privateKey: string): string => {
  const { x } = createPrivateKey(privateKey).export({ format: 'jwk' })
  return Buffer.from(x ?? '', 'base64url').toString('base64')
}

const day = 24 * 60 * 60 * 1000

// `node scripts/release-manifest.ts KEYFILE FOLDER [--percent 10] [--days 90] [--data 21] [--notes TEXT]`
const run = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      percent: { type: 'string', default: '100' },
      days: { type: 'string', default: '90' },
      data: { type: 'string', default: '0' },
      notes: { type: 'string', default: '' },
    },
  })
  const [keyFile, folder] = positionals
  if (keyFile === undefined || folder === undefined) throw new Error('Name the key file and the folder of the release.')
  const packageJson: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const privateKey = readFileSync(keyFile, 'utf8')
  const names = readdirSync(folder).filter((name) => new RegExp(`\\.(${Object.keys(platforms).join('|')})$`).test(name))
  const released = new Date()
  writeManifest(
    folder,
    {
      format: 1,
      product: 'counterfoil',
      version: String(Reflect.get(Object(packageJson), 'version')),
      releasedAt: released.toISOString(),
      expiresAt: new Date(released.getTime() + Number(values.days) * day).toISOString(),
      minimumDataVersion: Number(values.data),
      rolloutPercent: Number(values.percent),
      notes: values.notes,
      files: names.map((name) => describeFile(folder, name)),
    },
    privateKey,
  )
  // What the app would refuse is not published.
  const bytes = readFileSync(join(folder, manifestName))
  const signature = readFileSync(join(folder, `${manifestName}.sig`), 'utf8')
  const { version, files } = readManifest(bytes, signature, [publicKeyOf(privateKey)])
  console.log(`Signed ${version}: ${files.map(({ name }) => name).join(', ')}.`)
}

if (process.argv[1] === join(root, 'scripts', 'release-manifest.ts')) run()
