/** A message as its writer left it. */
export type WrittenMessage = {
  readonly to: string[]
  readonly cc: string[]
  readonly subject: string
  readonly body: string
}

// For as long as the window lives: closing the dialog by a slip of the hand costs nothing.
const kept = new Map<string, WrittenMessage>()

/** What was written for an invoice and neither sent nor reset; undefined where nothing was. */
export const keptMessage = (documentId: string): WrittenMessage | undefined => kept.get(documentId)

export const keepMessage = (documentId: string, message: WrittenMessage): void => {
  kept.set(documentId, message)
}

export const forgetMessage = (documentId: string): void => {
  kept.delete(documentId)
}
