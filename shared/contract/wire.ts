import { fromBase64, toBase64 } from '../base64.ts'

/** A procedure's whole answer, on its way to the wire. */
export class Whole {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

// What a message port carries: not a plain object, so that the protocol hands it to the structured clone as it is.
class Carried {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

const carriedValue = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'value' in data ? data.value : undefined

const isWhole = (data: unknown) => data instanceof Whole
const unwrapped = (data: unknown) => (data instanceof Whole ? data.value : data)

/** Over loopback HTTP, which speaks JSON, bytes travel as base64. Ids below 20 are the protocol's own. */
const httpSerializers = [
  {
    type: 21,
    condition: (data: unknown) => data instanceof Uint8Array,
    serialize: (data: unknown) => (data instanceof Uint8Array ? toBase64(data) : ''),
    deserialize: (data: unknown) => fromBase64(typeof data === 'string' ? data : ''),
  },
  { type: 22, condition: isWhole, serialize: unwrapped, deserialize: (data: unknown) => data },
]

/** Over a message port the answer is cloned whole: bigints and bytes need no text, and nothing walks through it. */
const portSerializers = [
  {
    type: 22,
    condition: isWhole,
    serialize: (data: unknown) => new Carried(unwrapped(data)),
    deserialize: carriedValue,
  },
]

/** What both ends of loopback HTTP are made with. */
export const httpWire = { customJsonSerializers: httpSerializers } as const

const isStream = (part: unknown) => typeof part === 'object' && part !== null && Symbol.asyncIterator in part

// A message is its id, its kind and what it carries. A stream begins with a head that only the protocol's own text has:
// cloned as it is, it would arrive as nothing.
const beginsStream = (message: unknown): boolean =>
  Array.isArray(message) &&
  message.some((it: unknown) => typeof it === 'object' && it !== null && 'body' in it && isStream(it.body))

/** What both ends of a message port are made with; an empty transfer list asks for structured clones. */
export const portWire: {
  readonly customJsonSerializers: typeof portSerializers
  readonly experimental_transfer: (message: unknown) => object[] | null
} = { customJsonSerializers: portSerializers, experimental_transfer: (message) => (beginsStream(message) ? null : []) }
