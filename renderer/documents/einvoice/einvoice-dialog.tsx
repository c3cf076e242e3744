import { Button, Select } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { EInvoiceFinding, EInvoiceKind } from '../../../shared/contract/einvoices.ts'
import {
  type EInvoiceFormat,
  eInvoiceFormatFacts,
  eInvoiceFormats,
} from '../../../shared/documents/einvoice-formats.ts'
import { api } from '../../api.ts'
import { EditClient } from '../../app/edit-client.tsx'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { tellProblem } from '../issued/pdf-acts.ts'
import { saveFile } from '../issued/save-file.ts'
import classes from './einvoice.module.css'
import { FindingList } from './finding-list.tsx'
import { openBusiness } from './jump.ts'

type Document = {
  readonly entity: EInvoiceKind
  readonly id: string
  readonly number: string
  readonly clientId: string | null
  readonly clientName: string
}

type Props = {
  readonly document: Document
  readonly opened: boolean
  readonly onClose: () => void
  /** Corrects the issued document by another; null where that cannot be. */
  readonly onCorrect: (() => void) | null
}

type VerdictProps = { readonly findings: readonly EInvoiceFinding[]; readonly label: string }

const Verdict = ({ findings, label }: VerdictProps) => {
  const broken = findings.filter(({ severity }) => severity === 'fatal').length
  const hints = findings.length - broken
  const more = hints === 0 ? '' : ` ${hints === 1 ? 'One hint' : `${hints} hints`} below.`
  return (
    <div className={classes['verdict']} role="status" aria-label="Verdict">
      {broken === 0 ? (
        <>
          <StatusChip tone="positive" icon={IconCircleCheck}>
            Valid
          </StatusChip>
          <p>
            It keeps every rule of {label}.{more}
          </p>
        </>
      ) : (
        <>
          <StatusChip tone="negative" icon={IconAlertCircle}>
            {broken === 1 ? 'One rule broken' : `${broken} rules broken`}
          </StatusChip>
          <p>
            Receivers of {label} would reject it.{more}
          </p>
        </>
      )}
    </div>
  )
}

const save = async ({ entity, id }: Document, format: EInvoiceFormat, evenIfInvalid: boolean) => {
  try {
    const file = await api.eInvoices.export({ entity, id, format, evenIfInvalid })
    saveFile(file.content, file.fileName, file.mediaType)
  } catch (thrown) {
    tellProblem(thrown)
  }
}

const wordOf: Readonly<Record<EInvoiceKind, string>> = { invoice: 'invoice', 'credit-note': 'credit note' }

// A hint alone is no reason to take an invoice back.
const isPrinted = ({ severity, target }: EInvoiceFinding): boolean => severity === 'fatal' && target.needsCorrection

type ContentProps = Omit<Props, 'opened'> & { readonly onEditClient: (field: string) => void }

const Content = ({ document, onClose, onCorrect, onEditClient }: ContentProps) => {
  const [chosen, choose] = useState<EInvoiceFormat | null>(null)
  const { entity, id } = document
  const known = useApiQuery('clients', 'get', { id: document.clientId ?? '' }, { enabled: document.clientId !== null })
  const format = chosen ?? known.data?.einvoiceFormat ?? 'facturx'
  const isReady = known.data !== undefined || document.clientId === null
  const check = useApiQuery('eInvoices', 'check', { entity, id, format }, { enabled: isReady, keepPrevious: false })
  const { label, about, extension } = eInvoiceFormatFacts[format]
  const jump = (finding: EInvoiceFinding) => {
    const { screen, field } = finding.target
    if (screen === 'client') return onEditClient(field)
    onClose()
    if (screen === 'business') void openBusiness(field)
    else onCorrect?.()
  }
  return (
    <>
      <Select
        label="Format"
        description={about}
        value={format}
        allowDeselect={false}
        data={eInvoiceFormats.map((it) => ({
          value: it,
          label:
            it === known.data?.einvoiceFormat
              ? `${eInvoiceFormatFacts[it].label} (for ${document.clientName})`
              : eInvoiceFormatFacts[it].label,
        }))}
        onChange={(value) => choose(eInvoiceFormats.find((it) => it === value) ?? null)}
      />
      {check.isError && <ErrorPanel {...describeError(check.error)} onRetry={() => void check.refetch()} />}
      {check.data === undefined && !check.isError && <Skeleton lines={3} label="Checking the rules" />}
      {check.data !== undefined && (
        <>
          <Verdict findings={check.data.findings} label={label} />
          {check.data.findings.length > 0 && (
            <FindingList findings={check.data.findings} onJump={jump} isCorrectable={onCorrect !== null} />
          )}
          {onCorrect !== null && check.data.findings.some(isPrinted) && (
            <p className={classes['printed']}>
              {document.number} is issued: what is printed on it changes only by a corrected one. Put the client or your
              settings right first, then{' '}
              <button
                type="button"
                onClick={() => {
                  onClose()
                  onCorrect()
                }}
              >
                correct this {wordOf[entity]}
              </button>
              .
            </p>
          )}
        </>
      )}
      <div className={classes['foot']}>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {check.data?.isValid === false && (
          <Button variant="default" onClick={() => void save(document, format, true)}>
            Save it all the same
          </Button>
        )}
        <Button
          leftSection={<IconDownload size={15} aria-hidden="true" />}
          disabled={check.data?.isValid !== true}
          onClick={() => void save(document, format, false)}
        >
          Save {extension === 'pdf' ? 'PDF' : 'XML'}
        </Button>
      </div>
    </>
  )
}

/** An issued document as an e-invoice: the form, the verdict of its rules, and the file. */
export const EInvoiceDialog = ({ document, opened, onClose, onCorrect }: Props) => {
  const [field, editField] = useState<string | null>(null)
  return (
    <>
      <Dialog open={opened} onClose={onClose} title={`E-invoice of ${document.number}`} size="lg">
        {opened && <Content document={document} onClose={onClose} onCorrect={onCorrect} onEditClient={editField} />}
      </Dialog>
      {field !== null && document.clientId !== null && (
        <EditClient clientId={document.clientId} field={field} onClose={() => editField(null)} />
      )}
    </>
  )
}
