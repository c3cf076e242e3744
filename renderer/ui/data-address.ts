/** Bytes as a `data:` address, for a small picture: unlike an object's address it goes with whatever names it. */
export const dataAddress = (content: Uint8Array, mediaType: string): string => {
  let text = ''
  for (const byte of content) text += String.fromCharCode(byte)
  return `data:${mediaType};base64,${btoa(text)}`
}
