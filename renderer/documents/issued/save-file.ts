const blobOf = (bytes: Uint8Array, type: string) =>
  // The bytes come from the wire in a buffer of their own, which the type of a Blob part wants said.
  new Blob([bytes as Uint8Array<ArrayBuffer>], { type })

/** Hands bytes to the person as a file to keep. */
export const saveFile = (bytes: Uint8Array, fileName: string, type = 'application/octet-stream'): void => {
  const address = URL.createObjectURL(blobOf(bytes, type))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
