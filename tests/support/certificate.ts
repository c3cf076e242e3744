import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'

export type TestCertificate = { readonly key: string; readonly cert: string; readonly signer: Signer }
type Signer = { readonly name: Buffer; readonly key: KeyObject }

export type CertificateRequest = {
  readonly commonName: string
  /** Host names and IPv4 addresses that the certificate is made out to. */
  readonly hosts?: readonly string[]
  /** Left out for a certificate that signs itself. */
  readonly issuer?: TestCertificate
  readonly authority?: boolean
  /** UTCTime, 'YYMMDDhhmmssZ'. */
  readonly validFrom?: string
  readonly validTo?: string
}

let lastSerial = 0

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const size = content.length
  if (size < 128) return Buffer.concat([Buffer.from([tag, size]), content])
  const bytes = size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...bytes]), content])
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const text = (tag: number, value: string) => der(tag, Buffer.from(value, 'utf8'))
const TRUE = der(0x01, Buffer.from([0xff]))
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))

function distinguishedName(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), text(0x0c, commonName))))
}

function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : text(0x82, host),
  )
  return sequence(oid('551d11'), der(0x04, sequence(...names)))
}

function extensions(request: CertificateRequest): Buffer {
  const basic = sequence(oid('551d13'), TRUE, der(0x04, sequence(...(request.authority === true ? [TRUE] : []))))
  const hosts = request.hosts ?? []
  return der(0xa3, sequence(basic, ...(hosts.length > 0 ? [alternativeNames(hosts)] : [])))
}

/** Makes an X.509 certificate with a fresh P-256 key, as PEM; nothing beside node:crypto is needed. */
export function createCertificate(request: CertificateRequest): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const name = distinguishedName(request.commonName)
  const signer = request.issuer?.signer ?? { name, key: privateKey }
  lastSerial += 1
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([lastSerial & 0x7f])),
    ECDSA_WITH_SHA256,
    signer.name,
    sequence(text(0x17, request.validFrom ?? '200101000000Z'), text(0x17, request.validTo ?? '491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions(request),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, signer.key))
  const body = sequence(toBeSigned, ECDSA_WITH_SHA256, signature)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body}-----END CERTIFICATE-----\n`,
    signer: { name, key: privateKey },
  }
}
