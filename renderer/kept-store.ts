/**
 * What this window keeps of the business between two starts: drafts that the core has not acknowledged yet. In the clear
 * it is the browser's local storage as it is. Encrypted, each value is sealed under a key that the core gives to whoever
 * has signed in, and is read once, when the window opens. Each name holds whose it is: the next person at this screen
 * must neither see it nor store it under their own name.
 */

const mark = 'sealed1.'
const ivBytes = 12

/** Whoever is at the screen, '' before there is anybody; `adopts` for whoever works here alone. */
export type Whose = { readonly owner: string; readonly adopts: boolean }

let owner = ''
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

const restOf = (prefixes: readonly string[], name: string): { prefix: string; rest: string } | null => {
  const prefix = prefixes.find((it) => name.startsWith(it))
  return prefix === undefined ? null : { prefix, rest: name.slice(prefix.length) }
}

// A business and a document, or a person before them: no id has a dot in it.
const isNobodys = (rest: string) => rest.split('.').length < 3

// What says nothing of whose it is goes to whoever is alone; among several it stays where it is, and is nobody's.
const adopt = (prefixes: readonly string[]) => {
  for (const name of keptNames('')) {
    const found = restOf(prefixes, name)
    const value = found === null || !isNobodys(found.rest) ? null : readKept(name)
    if (found !== null && value !== null && keep(`${found.prefix}${owner}.${found.rest}`, value)) dropKept(name)
  }
}

/** The name of something that is kept for whoever is at the screen. */
export const ownName = (prefix: string, rest: string): string =>
  owner === '' ? `${prefix}${rest}` : `${prefix}${owner}.${rest}`

/**
 * Opens what this window kept; `raw` is the key of encrypted data, null for data in the clear. `stored` is all that the
 * storage held before it was emptied: it comes back, and what is of the business comes back sealed.
 */
export const openKept = async (
  raw: Uint8Array | null,
  prefixes: readonly string[],
  whose: Whose = { owner: '', adopts: false },
  stored: Readonly<Record<string, string>> = { ...localStorage },
): Promise<void> => {
  opened.clear()
  key = null
  owner = whose.owner
  const adopts = whose.adopts && owner !== ''
  if (raw !== null) await openSealed(raw, prefixes, adopts, stored)
  if (adopts) adopt(prefixes)
}

const putBack = (name: string, value: string) => {
  if (localStorage.getItem(name) !== value) localStorage.setItem(name, value)
}

const openSealed = async (
  raw: Uint8Array,
  prefixes: readonly string[],
  adopts: boolean,
  stored: Readonly<Record<string, string>>,
): Promise<void> => {
  // A copy over a plain buffer is what the browser takes; bytes of a message always are.
  key = await crypto.subtle.importKey('raw', new Uint8Array(raw), 'AES-GCM', false, ['encrypt', 'decrypt'])
  for (const [name, kept] of Object.entries(stored)) {
    const found = restOf(prefixes, name)
    if (found === null || kept.startsWith(mark)) putBack(name, kept)
    if (found === null) continue
    const isOwn = owner === '' ? isNobodys(found.rest) : found.rest.startsWith(`${owner}.`)
    if (!isOwn && !(adopts && isNobodys(found.rest))) {
      // Unread: it waits for whose it is, but not in the clear.
      if (!kept.startsWith(mark)) localStorage.setItem(name, await seal(key, name, kept))
      continue
    }
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
