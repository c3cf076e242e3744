import { fromBase64, toBase64 } from '../base64.ts'

/** What both ends of the wire add to its JSON: bytes travel as base64. Ids below 20 are the protocol's own. */
export const wireSerializers = [
  {
    type: 21,
    condition: (data: unknown) => data instanceof Uint8Array,
    serialize: (data: unknown) => (data instanceof Uint8Array ? toBase64(data) : ''),
    deserialize: (data: unknown) => fromBase64(typeof data === 'string' ? data : ''),
  },
]
