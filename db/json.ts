import type { z } from 'zod'

// By convention the scale is in the name: only these keys hold bigints, so no marker is needed in the text.
const scaledKey = /E(4|6|10)$/

/** JSON text of a value; bigints under scaled keys (`priceE6`) become decimal digits in a string, bytes their length. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, held: unknown) => {
    if (typeof held === 'bigint') return held.toString()
    if (held instanceof Uint8Array) return { bytes: held.length }
    return held
  })

/** Reads what `toJson` wrote; scaled keys become bigints again. */
export const fromJson = (text: string): unknown =>
  JSON.parse(text, (key, held: unknown) =>
    typeof held === 'string' && scaledKey.test(key) && /^-?\d+$/.test(held) ? BigInt(held) : held,
  )

/** Reads a JSON column through the schema of what it holds. */
export const readJson = <S extends z.ZodType>(schema: S, text: string): z.output<S> => schema.parse(fromJson(text))
