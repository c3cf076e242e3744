import type { MessagePort } from 'node:worker_threads'
import type { ImportEntity, ImportPlan } from '../../../shared/contract/data-imports.ts'
import { readHeader } from './header.ts'
import { type InspectChoice, type Inspection, inspectTable } from './inspect.ts'
import { type Chunk, readRecords } from './read.ts'
import { openSource } from './source.ts'
import { TableFault } from './table-fault.ts'
import { templateById } from './templates/index.ts'

export type RecordsRequest = Pick<
  ImportPlan,
  'sheet' | 'encoding' | 'separator' | 'headerRow' | 'templateId' | 'columns' | 'decimal' | 'dateOrder'
> & { readonly entity: ImportEntity }

export type InspectAnswer =
  | { readonly ok: true; readonly inspection: Inspection }
  | { readonly ok: false; readonly message: string }

/** What arrives on the port: some records, or the end with what went wrong. */
export type RecordsMessage = { readonly chunk: Chunk } | { readonly end: true; readonly fault: string | null }

/** What a file is; a file that is no table is an answer, not an error. */
export const inspectFile = async (task: {
  readonly bytes: Uint8Array
  readonly choice: InspectChoice
}): Promise<InspectAnswer> => {
  try {
    return { ok: true, inspection: await inspectTable(task.bytes, task.choice) }
  } catch (error) {
    if (error instanceof TableFault) return { ok: false, message: error.message }
    throw error
  }
}

/** Gives the records of a file to `emit`, some hundred at a time; returns what is wrong with the file, or null. */
export const emitRecords = async (
  bytes: Uint8Array,
  request: RecordsRequest,
  emit: (chunk: Chunk) => void,
): Promise<string | null> => {
  try {
    const source = await openSource(bytes, request)
    const table = readHeader(source.rows, request.headerRow)
    const template = templateById(request.templateId)
    const { columns, decimal, dateOrder } = request
    for (const chunk of readRecords(table, request.entity, {
      header: table.header,
      columns,
      template,
      decimal,
      dateOrder,
    }))
      emit(chunk)
    return null
  } catch (error) {
    if (error instanceof TableFault) return error.message
    throw error
  }
}

/** The same in a worker thread: the records go through a port while the rest is still read. */
export const streamRecords = async (task: {
  readonly bytes: Uint8Array
  readonly request: RecordsRequest
  readonly port: MessagePort
}): Promise<void> => {
  const send = (message: RecordsMessage) => task.port.postMessage(message)
  const fault = await emitRecords(task.bytes, task.request, (chunk) => send({ chunk }))
  send({ end: true, fault })
}
