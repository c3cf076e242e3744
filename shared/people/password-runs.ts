// Keys as they lie beside each other, and the order of the alphabet.
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '1234567890-=',
  '!@#$%^&*()_+',
  'qwertyuiop[]',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl;',
  'qsdfghjklm',
  'zxcvbnm,./',
  'yxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '741852963',
  '147258369',
]
const backwards = rows.map((row) => [...row].reverse().join(''))
const ways = [...rows, ...backwards]

const shortestRun = 3

const repeatAt = (text: string, at: number): number => {
  let length = 1
  while (text[at + length] === text[at]) length += 1
  return length
}

const alongKeys = (text: string, at: number): number => {
  let longest = 0
  for (const way of ways) {
    let length = 0
    const from = way.indexOf(text[at] ?? ' ')
    if (from < 0) continue
    while (text[at + length] !== undefined && text[at + length] === way[from + length]) length += 1
    longest = Math.max(longest, length)
  }
  return longest
}

/** How many characters from a place on are one key again and again, or keys and letters in their order; 0 below three. */
export const runAt = (text: string, at: number): number => {
  const length = Math.max(repeatAt(text, at), alongKeys(text, at))
  return length < shortestRun ? 0 : length
}

/** How many characters from a place on are a year or a date of figures; 0 where there is none. */
export const yearAt = (text: string, at: number): number => {
  const rest = text.slice(at, at + 10)
  const date =
    /^(?:(?:0?[1-9]|[12]\d|3[01])[-./]?(?:0?[1-9]|1[0-2])[-./]?(?:19|20)\d\d|(?:19|20)\d\d[-./]?(?:0[1-9]|1[0-2])[-./]?(?:0[1-9]|[12]\d|3[01]))/.exec(
      rest,
    )
  if (date !== null) return date[0].length
  return /^(?:19|20)\d\d/.test(rest) ? 4 : 0
}
