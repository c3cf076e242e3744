import type { SheetScope } from './sheets.ts'

export type BundleInput = SheetScope & {
  readonly directory: string
  readonly businessName: string
  readonly madeAt: string
}

/** The archive, and the numbers of documents whose PDF is not kept. */
export type Bundle = {
  readonly bytes: Uint8Array
  readonly documentCount: number
  readonly missing: string[]
}
