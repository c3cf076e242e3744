import fc from 'fast-check'
import { v7 } from 'uuid'

const deep = (levels: number): unknown => {
  let nested: unknown = 0
  for (let level = 0; level < levels; level += 1) nested = level % 2 === 0 ? [nested] : { a: nested }
  return nested
}

const texts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'line\nbreak',
  '\u202eright to left',
  '🧾👩‍👩‍👧‍👦',
  'x'.repeat(100_000),
  '%'.repeat(199),
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; DROP TABLE invoices; --",
  '<script>alert(1)</script>',
  '{{constructor}}',
  '{{#each this}}{{/each}}',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '0001-01-01',
  'XXX',
  'jpy',
  '12.5',
  'NaN',
  'null',
  's\u0001',
  'i99999999999999999999\u0001x',
  'z\u0001\u0001\u0001',
  '{0000}',
  '{YYYY}{YYYY}{00000000000000000000}',
]
const numbers = [
  -1,
  -0,
  0,
  0.1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  1e308,
  -1e308,
]
const bigints = [
  0n,
  1n,
  -1n,
  10n ** 17n,
  10n ** 17n + 1n,
  10n ** 18n,
  -(10n ** 18n),
  10n ** 18n + 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  -(2n ** 63n),
  10n ** 400n,
]
const others = [
  undefined,
  null,
  true,
  [],
  {},
  new Uint8Array(0),
  new Uint8Array(3),
  new Date(0),
  new Map(),
  new Set([1]),
  /x/,
]

/** Values that no form sends: of every kind, at the edges of every kind. */
export const nonsense: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 2, arbitrary: fc.constantFrom(...numbers) },
  { weight: 3, arbitrary: fc.constantFrom(...bigints) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...others) },
  { weight: 1, arbitrary: fc.constant(null).map(() => v7()) },
  { weight: 1, arbitrary: fc.constantFrom(50, 20_000).map(deep) },
  { weight: 1, arbitrary: fc.constantFrom(60, 3000).map((length) => Array.from({ length }, () => ({}))) },
  {
    weight: 1,
    arbitrary: fc.constant(JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}}')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 2, arbitrary: fc.bigInt() },
  { weight: 2, arbitrary: fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }) },
)

/** Values that each once broke a program somewhere; tried at every place, not by chance. */
export const sharp: readonly (readonly [string, unknown])[] = [
  ['nesting', deep(20_000)],
  ['a long text', 'x'.repeat(100_000)],
  ['a control character', 'a\u0000b'],
  ['half a character', 'a\ud800'],
  ['a key of every object', '__proto__'],
  ['not a number', Number.NaN],
  ['beyond whole numbers', 2 ** 53 + 2],
  ['beyond 64 bits', 2n ** 63n],
  ['the largest field', 10n ** 18n],
  ['a huge integer', -(10n ** 400n)],
  ['an unknown id', '01a1fd55-7a80-7000-8000-ffffffffffff'],
  ['nothing', null],
]

export type Breakage = {
  readonly where: number
  readonly how: 'replace' | 'remove' | 'add' | 'repeat'
  readonly value: unknown
}

/** What is done to one place of a valid input. */
export const breakage: fc.Arbitrary<Breakage> = fc.record({
  where: fc.nat(),
  how: fc.constantFrom('replace', 'replace', 'replace', 'replace', 'remove', 'add', 'repeat'),
  value: nonsense,
})

type Place = { readonly holder: object; readonly key: string }

const isHolder = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array)

const placesIn = (holder: object): Place[] =>
  Object.entries(holder).flatMap(([key, value]) => [{ holder, key }, ...(isHolder(value) ? placesIn(value) : [])])

/** Copies of a valid input with a value put at each of its places; of a long one the first places. */
export const withEach = (valid: object, value: unknown): { readonly place: string; readonly input: unknown }[] =>
  placesIn(valid)
    .slice(0, 60)
    .map(({ key }, index) => {
      const copy = structuredClone(valid)
      const place = placesIn(copy)[index]
      if (place !== undefined) Reflect.set(place.holder, place.key, value)
      return { place: key, input: copy }
    })

/** A copy of a valid input with one place of it broken. */
export const broken = (valid: object, { where, how, value }: Breakage): unknown => {
  const copy = structuredClone(valid)
  const places = placesIn(copy)
  const place = places[where % Math.max(places.length, 1)]
  if (place === undefined || where % 50 === 49) return how === 'add' ? { ...copy, extra: value } : value
  const { holder, key } = place
  const held: unknown = Reflect.get(holder, key)
  if (how === 'replace') Reflect.set(holder, key, value)
  else if (how === 'remove') Reflect.deleteProperty(holder, key)
  else if (how === 'add') Object.defineProperty(holder, 'unknownKey', { value, enumerable: true, configurable: true })
  else if (Array.isArray(holder)) holder.push(held)
  else Reflect.set(holder, key, [held, held])
  return copy
}
