/** Whether the bytes begin as a zip archive, which an XLSX workbook is. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
