const LONGEST = 500

/** Takes a password, plain and as SMTP encodes it, out of any text. */
export type Redact = (text: string) => string

/** Gives a function that replaces the account's secrets; a server may echo what it was sent. */
export function createRedactor(user: string | null, password: string | null): Redact {
  if (password === null || password === '') return (text) => text
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
  const secrets = [base64(`\0${user ?? ''}\0${password}`), base64(password), password]
  return (text) => secrets.reduce((left, secret) => left.split(secret).join('***'), text)
}

/** Gives text of the other side on one line, without control characters, at most 500 characters. */
export function toOneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain
}
