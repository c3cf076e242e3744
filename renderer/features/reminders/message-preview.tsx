import { IconAlertTriangle, IconFileTypePdf } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { zero } from '../../../shared/money/scaled.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { LetterText } from '../../ui/letter-text.tsx'
import { useFormats } from '../../ui/locale.tsx'
import classes from './reminders.module.css'
import { ToneChip } from './tone-chip.tsx'

type Props = {
  readonly preview: ApiOutput<'reminders', 'preview'>
  readonly number: string
  readonly currency: string
}

/** The message of a reminder as it would go out, with what stands in its way and the fee it brings. */
export const MessagePreview = ({ preview, number, currency }: Props) => {
  const formats = useFormats()
  const { to, subject, body, tone, feeE4, obstacle } = preview
  return (
    <>
      {obstacle !== null && (
        <div className={classes['obstacle']} role="alert">
          <IconAlertTriangle size={18} aria-hidden="true" />
          <div>
            <p>{obstacle}</p>
            {/settings/i.test(obstacle) && (
              <Link to="/settings/$section" params={{ section: 'mail' }}>
                Open the mail settings
              </Link>
            )}
          </div>
        </div>
      )}
      <dl className={classes['people']}>
        <dt>To</dt>
        <dd>{to.length === 0 ? <span className={classes['quiet']}>nobody yet</span> : to.join(', ')}</dd>
        <dt>Subject</dt>
        <dd className={classes['strong']}>{subject}</dd>
        <dt>Tone</dt>
        <dd>
          <ToneChip tone={tone} />
        </dd>
      </dl>
      <LetterText className={classes['letter']} text={body} />
      <p className={classes['attached']}>
        <IconFileTypePdf size={16} aria-hidden="true" /> {number}.pdf goes with it
      </p>
      {feeE4 > zero && (
        <p className={classes['fee']}>
          A late fee of <strong>{formats.amount(feeE4, currency)}</strong> is charged with an invoice of its own, issued
          as the message goes.
        </p>
      )}
    </>
  )
}
