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

/** Prints a PDF as it is, by the browser's own dialog. */
export const printPdf = (bytes: Uint8Array): void => {
  const address = URL.createObjectURL(blobOf(bytes, 'application/pdf'))
  const frame = document.createElement('iframe')
  frame.title = 'Document to print'
  frame.style.position = 'fixed'
  frame.style.inset = 'auto 0 0 auto'
  frame.style.width = '0'
  frame.style.height = '0'
  frame.style.border = '0'
  frame.src = address
  frame.addEventListener('load', () => {
    frame.contentWindow?.focus()
    frame.contentWindow?.print()
    // The dialog reads from the frame as long as it is open.
    setTimeout(() => {
      frame.remove()
      URL.revokeObjectURL(address)
    }, 600_000)
  })
  document.body.append(frame)
}
