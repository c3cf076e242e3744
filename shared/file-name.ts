// What no file system of the three takes.
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu
// What turns a name around or hides in it: all format characters but the joiners that scripts need.
const invisible = /(?![\u200c\u200d])\p{Cf}/gu
// Windows keeps these for devices, whatever follows the first dot.
const reserved = /^(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$)(?=\.|$)/i
const longest = 120

const shortened = (name: string): string => {
  if (name.length <= longest) return name
  const ending = /\.[A-Za-z0-9]{1,8}(\.[A-Za-z0-9]{1,8})?$/.exec(name)?.[0] ?? ''
  // Never half of a character.
  return `${name.slice(0, longest - ending.length).replace(/[\ud800-\udbff]$/, '')}${ending}`
}

/**
 * A name that a file may have on every system, at most 120 characters: no folders, no devices of Windows, no leading or
 * trailing dots, nothing invisible; `fallback` where nothing is left.
 */
export const safeFileName = (name: string, fallback = 'file'): string => {
  const plain = shortened(
    name
      .normalize('NFC')
      .replace(invisible, '')
      .replace(forbidden, '-')
      .replace(/^[\s.]+|[\s.]+$/g, ''),
  ).replace(/[\s.]+$/, '')
  if (plain === '' || /^-+$/.test(plain)) return fallback
  return reserved.test(plain) ? `_${plain}` : plain
}

/** As `safeFileName`, in letters, digits, dots and hyphens alone: for the names that we make ourselves. */
export const plainFileName = (name: string, fallback = 'file'): string =>
  safeFileName(name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-'), fallback)
