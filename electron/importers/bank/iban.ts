const shape = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g

const remainderOf97 = (digits: string): number => {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

/** Whether a text without spaces is an IBAN with right check digits (ISO 13616). */
export const isIban = (text: string): boolean => {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false
  const moved = text.slice(4) + text.slice(0, 4)
  return remainderOf97(moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) === 1
}

/** The first IBAN in a text, without spaces; null if there is none with right check digits. */
export const findIban = (text: string): string | null => {
  for (const [found] of text.matchAll(shape)) {
    // What follows an IBAN may look like its end: the longest part that checks out.
    const groups = found.split(' ')
    for (let count = groups.length; count > 0; count -= 1) {
      const candidate = groups.slice(0, count).join('')
      if (isIban(candidate)) return candidate
    }
  }
  return null
}

/** How an account is compared: letters and digits alone. */
export const accountKeyOf = (account: string): string => account.toUpperCase().replace(/[^A-Z0-9]/g, '')
