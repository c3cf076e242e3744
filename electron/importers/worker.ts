export { readEInvoice } from './einvoice-reading.ts'
