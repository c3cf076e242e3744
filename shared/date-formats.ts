const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * The format of dates in a language, kept: making one costs a hundred times what using it does. RangeError for a
 * language tag or option that there is none of.
 */
export const dateFormat = (language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language} ${JSON.stringify(options)}`
  const kept = formats.get(key)
  if (kept !== undefined) return kept
  const format = new Intl.DateTimeFormat(language, options)
  formats.set(key, format)
  return format
}
