const steps = ['bytes', 'kB', 'MB', 'GB'] as const

/** The size of a file in words: `340 kB`. */
export const sizeText = (bytes: number, locale: string): string => {
  let value = bytes
  let step = 0
  while (value >= 1000 && step < steps.length - 1) {
    value /= 1000
    step += 1
  }
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 })
  return `${digits.format(value)} ${steps[step]}`
}

/** Hands bytes to the person as a file under a name, as a download does. */
export const downloadFile = (content: Uint8Array, fileName: string, mediaType: string): void => {
  // A copy with a buffer of its own: the bytes may be a view of a larger message.
  const address = URL.createObjectURL(new Blob([new Uint8Array(content)], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The bytes of a chosen file. */
export const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer())
