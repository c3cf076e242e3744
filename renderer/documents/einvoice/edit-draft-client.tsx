import { EditClient } from '../../app/edit-client.tsx'
import { useContent } from '../editor/editor-context.ts'

type Props = { readonly field: string; readonly onClose: () => void }

/** Edits the client that the draft around it is for, at a field that its e-invoice lacks. */
export const EditDraftClient = ({ field, onClose }: Props) => {
  const clientId = useContent((content) => content.clientId)
  return clientId === null ? null : <EditClient clientId={clientId} field={field} onClose={onClose} />
}
