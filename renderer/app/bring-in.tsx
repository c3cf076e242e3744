import { Button, FileButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { bytesOf } from '../ui/files.ts'
import { showToast } from '../ui/toast.tsx'
import { describeError } from './errors.ts'
import { chooseOrganization, useWorkspace } from './organization.ts'
import { useCommand } from './queries.ts'

type Props = { readonly label?: string; readonly variant?: 'default' | 'subtle' }

/** Brings in the books of a whole export and opens them: on the first run, and in the settings, for whoever may. */
export const BringIn = ({ label = 'Bring in an export', variant = 'default' }: Props) => {
  const bringIn = useCommand('dataExports', 'importEverything')
  const navigate = useNavigate()
  const [isReading, setReading] = useState(false)
  const may = useWorkspace().data?.ownsWorkstation === true
  const take = async (file: File | null) => {
    if (file === null) return
    setReading(true)
    try {
      const made = await bringIn.mutateAsync({ content: await bytesOf(file) })
      await chooseOrganization(made.organizationId)
      await navigate({ to: '/' })
      showToast({ message: `${made.legalName} is here: ${made.rowCount} records and ${made.fileCount} files.` })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    } finally {
      setReading(false)
    }
  }
  if (!may) return null
  return (
    <FileButton
      accept=".zip,application/zip"
      onChange={(file) => void take(file)}
      inputProps={{ 'aria-label': 'Export to bring in' }}
    >
      {(props) => (
        <Button variant={variant} loading={isReading} {...props}>
          {label}
        </Button>
      )}
    </FileButton>
  )
}
