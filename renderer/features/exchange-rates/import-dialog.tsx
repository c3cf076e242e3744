import { Button, SegmentedControl } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Contract, Output } from '../../../shared/contract/index.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './exchange-rates.module.css'

type Result = Output<Contract['exchangeRates']['importCsv']>
type Direction = 'base-per-unit' | 'units-per-base'
type Props = { readonly file: File; readonly baseCurrency: string; readonly onClose: () => void }

const inWords = ({ added, changed, unchanged }: Result): string =>
  [`${added} new`, changed === 0 ? '' : `${changed} changed`, unchanged === 0 ? '' : `${unchanged} known already`]
    .filter((part) => part !== '')
    .join(', ')

/** What an import of rates would do, before it does it. */
export const ImportDialog = ({ file, baseCurrency, onClose }: Props) => {
  const [direction, setDirection] = useState<Direction>('base-per-unit')
  const [dry, setDry] = useState<Result | string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let stale = false
    const look = async () => {
      try {
        const found = await api.exchangeRates.importCsv({ text: await file.text(), dryRun: true, direction })
        if (!stale) setDry(found)
      } catch (thrown) {
        if (!stale) setDry(describeError(thrown).message)
      }
    }
    void look()
    return () => {
      stale = true
    }
  }, [file, direction])
  const bring = async () => {
    setBusy(true)
    try {
      const done = await api.exchangeRates.importCsv({ text: await file.text(), direction })
      showToast({ message: `Rates imported: ${inWords(done)}.` })
      onClose()
    } catch (thrown) {
      setDry(describeError(thrown).message)
    }
    setBusy(false)
  }
  const found = dry !== null && typeof dry !== 'string' ? dry : null
  const count = found === null ? 0 : found.added + found.changed
  return (
    <Dialog open onClose={onClose} title={`Rates of ${file.name}`}>
      <SegmentedControl
        aria-label="What the file counts"
        value={direction}
        onChange={(next) => setDirection(next === 'units-per-base' ? 'units-per-base' : 'base-per-unit')}
        data={[
          { value: 'base-per-unit', label: `${baseCurrency} for one unit` },
          { value: 'units-per-base', label: `Units for one ${baseCurrency}` },
        ]}
      />
      {dry === null && <Skeleton />}
      {typeof dry === 'string' && <p role="alert">{dry}</p>}
      {found !== null && (
        <>
          <p>{inWords(found)}.</p>
          {found.problems.length > 0 && (
            <ul className={classes['problems']}>
              {found.problems.slice(0, 20).map((problem) => (
                <li key={`${problem.line}${problem.message}`}>
                  Line {problem.line}: {problem.message}
                </li>
              ))}
              {found.problems.length > 20 && <li>and {found.problems.length - 20} more.</li>}
            </ul>
          )}
        </>
      )}
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={busy} disabled={count === 0} onClick={() => void bring()}>
          Import {count} {count === 1 ? 'rate' : 'rates'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
