import type { SheetName, SheetScope } from './sheets.ts'

export type BundleInput = SheetScope & {
  /** What whoever takes it along may see; of the others neither rows nor documents are in it. */
  readonly sheets: readonly SheetName[]
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
