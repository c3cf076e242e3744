import type { Signer } from '../db/record/entry.ts'
import type { PrintableDocument, PrintableStatement } from '../shared/documents/printable.ts'
import type { PrintableReport } from '../shared/documents/printable-report.ts'
import type { BackupService } from './backup/service.ts'
import type { EInvoiceMaker } from './einvoice/maker.ts'
import type { FileStore } from './files.ts'
import type { BankFileReader } from './importers/bank/reader.ts'
import type { ProgressBoard } from './importers/progress.ts'
import type { EInvoiceReader } from './importers/reader.ts'
import type { TableReader } from './importers/tables/reader.ts'
import type { SecretStore } from './mail/secrets.ts'
import type { PersonKeys } from './people/person-keys.ts'
import type { ReadingPool } from './reading/pool.ts'
import type { PastViews } from './record/at/views.ts'
import type { ChangeEvent } from './rpc/change-event.ts'
import type { Updates } from './updater/state.ts'

/** A code to set a password with, on its way to the person whose it is. */
export type TokenOrder = {
  readonly userId: string
  readonly organizationId: string
  /** Who has it sent. */
  readonly createdById: string
}

/** Mails one-time codes, past the outbox: what everybody at the screen could read there would be no secret. */
export type CodeMailer = {
  /** AppError INVALID_STATE where there is no address or account, MAIL_FAILED with the server's words. */
  readonly send: (userId: string) => Promise<void>
  /** Makes an invitation or a reset and mails it; gives the address. The errors of `send`. */
  readonly sendToken: (order: TokenOrder) => Promise<{ readonly sentTo: string; readonly expiresAt: string }>
}

/** The machinery that handlers may call; each runs outside any transaction. */
export type Engines = {
  readonly backups: BackupService
  readonly pdf: {
    readonly render: (document: PrintableDocument, signal?: AbortSignal) => Promise<Uint8Array>
    readonly renderStatement: (statement: PrintableStatement, signal?: AbortSignal) => Promise<Uint8Array>
    readonly renderReport: (report: PrintableReport, signal?: AbortSignal) => Promise<Uint8Array>
  }
  readonly files: FileStore
  readonly secrets: SecretStore
  /** Signs for this device. */
  readonly signer: Signer
  readonly einvoices: EInvoiceReader
  readonly einvoiceMaker: Omit<EInvoiceMaker, 'close'>
  readonly bankFiles: BankFileReader
  /** CSV, XLSX and IIF files of other products. */
  readonly tables: TableReader
  /** How far long imports are. */
  readonly progress: ProgressBoard
  readonly readings: Pick<ReadingPool, 'read'>
  /** Pictures of the books as they were. */
  readonly past: PastViews
  readonly changes: { readonly watch: (signal: AbortSignal | undefined) => AsyncIterable<ChangeEvent> }
  /** New versions of the program itself. */
  readonly updates: Updates
  /** Absent where the data is not encrypted. */
  readonly codeMailer: CodeMailer
  readonly personKeys?: PersonKeys
  readonly workspace: {
    readonly version: string
    readonly deviceName: string
    /** The data folder. */
    readonly directory: string
    readonly demo: DemoLoader
  }
}

export type DemoLoader = {
  /** Plays the demo company through real procedure calls; returns its organization's id. */
  readonly load: () => Promise<string>
}
