export { embedTask, makeTask } from '../einvoice/write/tasks.ts'
export { readBankFile } from './bank/read-bank-file.ts'
export { readEInvoice } from './einvoice-reading.ts'
export { inspectFile, streamRecords } from './tables/worker-entry.ts'
