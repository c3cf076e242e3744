import { generateKeyPairSync } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { root } from './parts.ts'

// `node scripts/release-key.ts KEYFILE`: makes the key pair that signs releases. The private key is written to KEYFILE,
// for its owner alone and never inside the project; the public key is printed for resources/updates/channel.json.
const [given] = process.argv.slice(2)

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const file = resolve(given ?? fail('Name the file for the private key: node scripts/release-key.ts KEYFILE'))
const inside = relative(root, file)
if (!inside.startsWith('..') && !isAbsolute(inside))
  fail(`${file} is inside the project. Keep the private key elsewhere.`)
if (existsSync(file)) fail(`${file} exists already and is left as it is.`)

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
const { x } = publicKey.export({ format: 'jwk' })
console.log(`The private key is in ${file}. Keep a copy in a safe place: without it no version can follow.`)
console.log(
  `Add to "publicKeys" in resources/updates/channel.json:\n${Buffer.from(x ?? '', 'base64url').toString('base64')}`,
)
