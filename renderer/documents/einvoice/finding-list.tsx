import { Button } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconArrowRight } from '@tabler/icons-react'
import type { EInvoiceFinding } from '../../../shared/contract/einvoices.ts'
import classes from './einvoice.module.css'

const jumpWords: Readonly<Record<EInvoiceFinding['target']['screen'], string>> = {
  document: 'Go to the field',
  client: 'Open the client',
  business: 'Open your settings',
  correct: 'Correct it',
}

type RowProps = { readonly finding: EInvoiceFinding; readonly onJump: ((finding: EInvoiceFinding) => void) | null }

const Row = ({ finding, onJump }: RowProps) => {
  const { severity, message, rule, term, target } = finding
  const Sign = severity === 'fatal' ? IconAlertCircle : IconAlertTriangle
  return (
    <li className={classes['finding']} data-severity={severity}>
      <Sign size={17} aria-hidden="true" />
      <div>
        <p>{message}</p>
        <p className={classes['rule']}>{term === '' ? rule : `${rule} · ${term}`}</p>
      </div>
      {onJump !== null && (
        <Button
          variant="subtle"
          size="compact-sm"
          rightSection={<IconArrowRight size={14} aria-hidden="true" />}
          aria-label={`${jumpWords[target.screen]}: ${message}`}
          onClick={() => onJump(finding)}
        >
          {jumpWords[target.screen]}
        </Button>
      )}
    </li>
  )
}

type Props = {
  readonly findings: readonly EInvoiceFinding[]
  /** Goes to where it is put right; null where nobody can. */
  readonly onJump: (finding: EInvoiceFinding) => void
  /** Whether an issued document of this kind can be corrected by another. */
  readonly isCorrectable?: boolean
}

/** Every broken rule in words, with the way to where it is put right: those that receivers reject for first. */
export const FindingList = ({ findings, onJump, isCorrectable = true }: Props) => (
  <ul className={classes['findings']} aria-label="Broken rules">
    {findings.map((finding) => (
      <Row
        key={`${finding.rule} ${finding.field} ${finding.message}`}
        finding={finding}
        onJump={finding.target.screen === 'correct' && !isCorrectable ? null : onJump}
      />
    ))}
  </ul>
)
