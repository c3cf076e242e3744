import { commonWhole, commonWords } from './guessed-words.ts'
import { runAt, yearAt } from './password-runs.ts'

/** The fewest characters a password may have. */
export const shortestPassword = 10
/** The most: far beyond any phrase, and no more work for whoever hashes it. */
export const longestPassword = 200

/** 0 is refused or guessed at once, 4 withstands guessing for as long as matters. */
export type Strength = 0 | 1 | 2 | 3 | 4

export type PasswordVerdict = {
  readonly strength: Strength
  /** Why it is not taken, and what to do; null where it is taken. */
  readonly refusal: string | null
  /** What the strength means, in one sentence. */
  readonly sentence: string
}

// What letters are written as: `p@ssw0rd` is `password`.
const spelled: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const letters = (text: string): string => [...text].map((letter) => spelled[letter] ?? letter).join('')

// What somebody would try first who knows the person: the parts of names and addresses.
const ownWords = (own: readonly (string | null)[]): ReadonlySet<string> =>
  new Set(
    own.flatMap((text) =>
      text === null
        ? []
        : [plain(text), plain(text).replace(/[^\p{L}\p{N}]/gu, ''), ...plain(text).split(/[^\p{L}\p{N}]+/u)].filter(
            (word) => word.length >= 3,
          ),
    ),
  )

type Piece = { readonly kind: 'word' | 'own' | 'run' | 'year' | 'letter'; readonly length: number }

const longestWord = 60

const wordAt = (texts: readonly string[], at: number, known: (word: string) => boolean): number => {
  const end = texts[0]?.length ?? 0
  for (let length = Math.min(longestWord, end - at); length >= 3; length -= 1) {
    if (texts.some((text) => known(text.slice(at, at + length)))) return length
  }
  return 0
}

// Bits that each piece costs whoever guesses; a letter costs what the kinds of characters make it.
const costs: Readonly<Record<Exclude<Piece['kind'], 'letter'>, number>> = { own: 3, word: 11, run: 7, year: 7 }

type Way = { readonly bits: number; readonly pieces: readonly Piece[] }

/** A password as whoever guesses would build it at the least cost: known words, runs of keys or figures, years, letters. */
const cheapestWay = (password: string, own: ReadonlySet<string>, alphabetBits: number): Way => {
  const text = plain(password)
  const texts = [text, letters(text)]
  const from: Way[] = []
  from[text.length] = { bits: 0, pieces: [] }
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const pieces: Piece[] = [
      { kind: 'own', length: wordAt(texts, at, (word) => own.has(word)) },
      { kind: 'word', length: wordAt(texts, at, (word) => commonWords.has(word)) },
      { kind: 'run', length: runAt(text, at) },
      { kind: 'year', length: yearAt(text, at) },
      { kind: 'letter', length: 1 },
    ]
    let best: Way = { bits: Number.POSITIVE_INFINITY, pieces: [] }
    for (const piece of pieces) {
      const rest = from[at + piece.length]
      if (piece.length === 0 || rest === undefined) continue
      const bits = rest.bits + (piece.kind === 'letter' ? alphabetBits : costs[piece.kind])
      if (bits < best.bits) best = { bits, pieces: [piece, ...rest.pieces] }
    }
    from[at] = best
  }
  return from[0] ?? { bits: 0, pieces: [] }
}

const alphabetBitsOf = (password: string): number => {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((one) => one.test(password)).length
  return 2.6 + 0.9 * classes
}

const isRepeated = (text: string): boolean => /^(.{1,8}?)\1+.{0,3}$/u.test(text)

const refusalOf = (password: string, pieces: readonly Piece[], bits: number): string | null => {
  const text = plain(password)
  const length = [...password].length
  if (length < shortestPassword)
    return `Use at least ${shortestPassword} characters: a few words are easiest to remember.`
  if (length > longestPassword) return `Use at most ${longestPassword} characters.`
  if (commonWhole.has(text)) return 'This is one of the passwords that are tried first. Choose another.'
  if (isRepeated(text)) return 'The same characters again and again are tried first. Add something of your own.'
  const real = pieces.filter(({ kind }) => kind !== 'letter')
  const loose = pieces.length - real.length
  if (real.length > 0 && loose <= 4 && real.every(({ kind }) => kind === 'run' || kind === 'year')) {
    return 'Rows of keys and figures are tried first. Add words of your own.'
  }
  if (real.some(({ kind }) => kind === 'own') && bits < 30) {
    return 'This is made of your name, address or business, which are tried first. Choose something else.'
  }
  if (real.some(({ kind }) => kind === 'word') && loose <= 3 && bits < 33) {
    return 'This is a common password with a few characters around it. Use several words that do not belong together.'
  }
  return null
}

const sentences: Readonly<Record<Strength, string>> = {
  0: 'Guessed at once.',
  1: 'Weak: a longer one is safer.',
  2: 'Fair: enough for a computer that others cannot reach.',
  3: 'Good.',
  4: 'Strong.',
}

const strengthFrom = (bits: number): Strength => (bits < 33 ? 1 : bits < 44 ? 2 : bits < 58 ? 3 : 4)

/** What a password is worth, for the meter and for the check; `own` are the name, address and business of the person. */
export const judgePassword = (password: string, own: readonly (string | null)[] = []): PasswordVerdict => {
  const { bits, pieces } = cheapestWay(password.slice(0, longestPassword), ownWords(own), alphabetBitsOf(password))
  const refusal = refusalOf(password, pieces, bits)
  if (refusal !== null) return { strength: 0, refusal, sentence: refusal }
  const strength = strengthFrom(bits)
  return { strength, refusal, sentence: sentences[strength] }
}
