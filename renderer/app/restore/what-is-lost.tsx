import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { BackupPreview, Replayed } from '../../../shared/contract/backups.ts'
import { useFormats } from '../../ui/locale.tsx'
import { countWords } from './backup-words.ts'
import { hasAny, isAdded } from './loss.ts'
import { againWords, nextWords, stopWords, unknownWords } from './replay-words.ts'
import classes from './restore.module.css'

const unrelated = {
  all: 'This backup is of other data than what is here now. All of the present data would be put aside; nothing of it is in this backup.',
  one: 'This backup is of other data than what is here now. What was done in this business since cannot be told: it is replaced as a whole.',
} as const

// Somebody took the wrong backup, and looks for the way forward again.
const leftWords = (when: string) =>
  `On ${when} the data here went back to an earlier state. This backup is of the state that was left then.`

const DoneAgain = ({ replayable }: { readonly replayable: Replayed }) => {
  const formats = useFormats()
  const { stop, commands } = replayable
  const isAll = stop === null
  const Icon = isAll ? IconCircleCheck : IconAlertTriangle
  return (
    <div className={classes['lost']} data-tone={isAll ? 'positive' : 'caution'}>
      <Icon size={18} aria-hidden="true" />
      <div>
        {commands > 0 ? (
          <p>
            What the log of the damaged data tells is done again on top of the backup, as far as the signed record
            proves it: {againWords(replayable, formats)}.
          </p>
        ) : (
          <p>Nothing that the log of the damaged data tells can be done again.</p>
        )}
        {stop !== null && (
          <p>
            {stopWords(stop, formats)} {nextWords(stop)}
          </p>
        )}
      </div>
    </div>
  )
}

/** What was done since a backup, in words, with the numbers of invoices that were issued. */
export const WhatIsLost = ({
  preview,
  isOne = false,
}: {
  readonly preview: BackupPreview
  readonly isOne?: boolean
}) => {
  const formats = useFormats()
  const { lost, present } = preview
  if (isAdded(preview)) {
    return (
      <div className={classes['lost']} data-tone="positive">
        <IconCircleCheck size={18} aria-hidden="true" />
        <p>
          {isOne
            ? 'This business is not here now: it is added, and nothing else changes.'
            : 'There is no business here yet: nothing would be lost.'}
        </p>
      </div>
    )
  }
  if (lost === null && present === null) {
    const { replayable } = preview
    if (replayable !== null && (replayable.commands > 0 || replayable.stop !== null)) {
      return <DoneAgain replayable={replayable} />
    }
    return <p className={classes['quiet']}>{unknownWords}</p>
  }
  if (lost === null) {
    return (
      <div className={classes['lost']} data-tone="negative">
        <IconAlertTriangle size={18} aria-hidden="true" />
        <p>{unrelated[isOne ? 'one' : 'all']}</p>
      </div>
    )
  }
  const { leftAt } = lost
  if (!hasAny(lost)) {
    return (
      <div className={classes['lost']} data-tone="positive">
        <IconCircleCheck size={18} aria-hidden="true" />
        {leftAt === null ? (
          <p>Nothing was done {isOne ? 'in this business ' : ''}since this backup: nothing would be lost.</p>
        ) : (
          <p>
            {leftWords(formats.instant(leftAt))} Nothing was done {isOne ? 'in this business ' : ''}since then: nothing
            would be lost.
          </p>
        )}
      </div>
    )
  }
  const parts = [
    lost.documents > 0 ? countWords(lost.documents, 'document') : '',
    lost.payments > 0 ? countWords(lost.payments, 'payment') : '',
    lost.clients > 0 ? countWords(lost.clients, 'client') : '',
    lost.other > 0 ? countWords(lost.other, 'other record') : '',
  ].filter(Boolean)
  return (
    <div className={classes['lost']} data-tone="negative">
      <IconAlertTriangle size={18} aria-hidden="true" />
      <div>
        {leftAt === null ? (
          <p>Added or changed since, and gone after going back: {parts.join(', ')}.</p>
        ) : (
          <>
            <p>{leftWords(formats.instant(leftAt))}</p>
            <p>Added or changed here after that, and gone after restoring it: {parts.join(', ')}.</p>
          </>
        )}
        {lost.issued.length > 0 && (
          <p>
            Issued {leftAt === null ? 'since' : 'after that'}: {lost.issued.join(', ')}
            {lost.issued.length === 10 ? ' and more' : ''}. Whoever has them keeps them: their numbers are not given
            again.
          </p>
        )}
        {!isOne && lost.erasures > 0 && (
          <p>
            {countWords(lost.erasures, 'client or person', 'clients or people')} {lost.erasures === 1 ? 'was' : 'were'}{' '}
            erased since, and {lost.erasures === 1 ? 'is' : 'are'} back with their names after going back. Erase them
            again then, as the law asks: the record of today says who it was about.
          </p>
        )}
      </div>
    </div>
  )
}
