/** What a number pattern is made of: text as it stands, the padded counter, or a token for one part of the number. */
export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'counter'; readonly width: number }
  | { readonly kind: 'token'; readonly token: PatternToken }

export const patternTokens = ['YYYY', 'YY', 'MM', 'FY', 'SERIES', 'BRANCH', 'CLIENT'] as const
export type PatternToken = (typeof patternTokens)[number]

export type PatternProblem = {
  readonly code:
    | 'empty'
    | 'unclosed-brace'
    | 'unknown-token'
    | 'counter-missing'
    | 'counter-twice'
    | 'month-without-year'
    | 'bad-character'
    | 'too-long'
  readonly message: string
}

const isToken = (text: string): text is PatternToken => patternTokens.some((token) => token === text)

const widestCounter = 12

/** Cuts a pattern such as `INV-{YYYY}-{0000}` into its parts, with what is wrong in it. */
export const readPattern = (
  pattern: string,
): { parts: readonly PatternPart[]; problems: readonly PatternProblem[] } => {
  const parts: PatternPart[] = []
  const problems: PatternProblem[] = []
  for (const piece of pattern.split(/(\{[^{}]*\})/)) {
    if (piece === '') continue
    if (!piece.startsWith('{') || !piece.endsWith('}')) {
      if (/[{}]/.test(piece)) {
        problems.push({ code: 'unclosed-brace', message: `"${piece}" has a { or } without its other half` })
      }
      parts.push({ kind: 'text', text: piece })
      continue
    }
    const name = piece.slice(1, -1)
    if (/^0+$/.test(name) && name.length <= widestCounter) parts.push({ kind: 'counter', width: name.length })
    else if (isToken(name)) parts.push({ kind: 'token', token: name })
    else problems.push({ code: 'unknown-token', message: unknownToken(piece) })
  }
  return { parts, problems }
}

const unknownToken = (piece: string): string =>
  `${piece} is not known: use ${patternTokens.map((token) => `{${token}}`).join(' ')} or zeros for the counter, like {0000}`
