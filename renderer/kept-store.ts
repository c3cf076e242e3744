/**
 * What this window keeps of the business between two starts: drafts that the core has not acknowledged yet. In the clear
 * it is the browser's local storage as it is. Encrypted, each value is sealed under a key that the core gives to whoever
 * has signed in, and is read once, when the window opens.
 */

const mark = 'sealed1.'
const ivBytes = 12

let key: CryptoKey | null = null
const opened = new Map<string, string>()
let writing: Promise<unknown> = Promise.resolve()

const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

const seal = async (under: CryptoKey, name: string, value: string): Promise<string> => {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
  const additionalData = new TextEncoder().encode(name)
  const content = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    under,
    new TextEncoder().encode(value),
  )
  return `${mark}${toBase64(iv)}.${toBase64(new Uint8Array(content))}`
}

const unseal = async (under: CryptoKey, name: string, sealed: string): Promise<string | null> => {
  try {
    const [iv = '', content = ''] = sealed.slice(mark.length).split('.')
    const additionalData = new TextEncoder().encode(name)
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(iv), additionalData },
      under,
      fromBase64(content),
    )
    return new TextDecoder().decode(plain)
  } catch {
    // Of another key: it stays where it is, for whoever comes with that one.
    return null
  }
}

// One after the other: the last value that was kept is the one that stays.
const write = (under: CryptoKey, name: string, value: string) => {
  writing = writing
    .then(async () => {
      const sealed = await seal(under, name, value)
      if (opened.get(name) === value) localStorage.setItem(name, sealed)
    })
    .catch(() => undefined)
}

/** Opens what this window kept; `raw` is the key of encrypted data, null for data in the clear. */
export const openKept = async (raw: Uint8Array | null, prefixes: readonly string[]): Promise<void> => {
  opened.clear()
  key = null
  if (raw === null) return
  // A copy over a plain buffer is what the browser takes; bytes of a message always are.
  key = await crypto.subtle.importKey('raw', new Uint8Array(raw), 'AES-GCM', false, ['encrypt', 'decrypt'])
  for (const name of Object.keys(localStorage)) {
    if (!prefixes.some((prefix) => name.startsWith(prefix))) continue
    const kept = localStorage.getItem(name) ?? ''
    const value = kept.startsWith(mark) ? await unseal(key, name, kept) : kept
    if (value === null) continue
    opened.set(name, value)
    // Kept before the data was encrypted.
    if (!kept.startsWith(mark)) write(key, name, value)
  }
}

/** Whether what is kept is sealed. */
export const isKeptSealed = (): boolean => key !== null

/** Keeps a value; false where the browser has no room. */
export const keep = (name: string, value: string): boolean => {
  if (key !== null) {
    opened.set(name, value)
    write(key, name, value)
    return true
  }
  try {
    localStorage.setItem(name, value)
    return true
  } catch {
    return false
  }
}

/** The value that is kept under a name, or null. */
export const readKept = (name: string): string | null => {
  if (key !== null) return opened.get(name) ?? null
  const value = localStorage.getItem(name)
  return value?.startsWith(mark) === true ? null : value
}

/** Lets go of a value. */
export const dropKept = (name: string): void => {
  opened.delete(name)
  localStorage.removeItem(name)
}

/** The names that begin like this. */
export const keptNames = (prefix: string): string[] =>
  (key === null ? Object.keys(localStorage) : [...opened.keys()]).filter((name) => name.startsWith(prefix))

/** Waits until everything that was kept is written: before the window goes. */
export const settleKept = async (): Promise<void> => {
  await writing
}
