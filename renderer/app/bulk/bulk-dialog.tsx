import { Button, Progress } from '@mantine/core'
import {
  type Icon,
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconCircleDashed,
  IconLoader2,
  IconMinus,
} from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import classes from './bulk.module.css'
import { type BulkResult, type BulkState, cancelBulk, closeBulk, countOf, undoBulk, useBulk } from './bulk-run.ts'

const looks: Readonly<Record<BulkState, { readonly icon: Icon; readonly word: string }>> = {
  waiting: { icon: IconCircleDashed, word: 'Waiting' },
  running: { icon: IconLoader2, word: 'At work' },
  done: { icon: IconCheck, word: 'Done' },
  skipped: { icon: IconMinus, word: 'Nothing to do' },
  failed: { icon: IconAlertTriangle, word: 'Not done' },
  undone: { icon: IconArrowBackUp, word: 'Taken back' },
}

// The failed ones first once all is over: they are what wants a look.
const inOrder = (rows: readonly BulkResult[], isEnded: boolean) =>
  isEnded ? rows.toSorted((one, other) => Number(other.state === 'failed') - Number(one.state === 'failed')) : rows

const Results = ({ rows, isEnded }: { readonly rows: readonly BulkResult[]; readonly isEnded: boolean }) => {
  const scroller = useRef<HTMLDivElement>(null)
  const shown = inOrder(rows, isEnded)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 33,
    overscan: 8,
    getItemKey: (index) => shown[index]?.id ?? index,
  })
  const at = shown.findIndex(({ state }) => state === 'running')
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section ref={scroller} className={classes['scroll']} aria-label="Results" tabIndex={0}>
      <ul className={classes['results']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = shown[item.index]
          if (row === undefined) return null
          const { icon: Sign, word } = looks[row.state]
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              data-state={row.state}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Sign size={15} aria-hidden="true" />
              <span className={classes['who']}>{row.name}</span>
              <span className={classes['text']}>{row.text || word}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const summary = (rows: readonly BulkResult[]): string => {
  const parts = [
    [countOf(rows, 'done'), 'done'],
    [countOf(rows, 'failed'), 'not done'],
    [countOf(rows, 'skipped'), 'with nothing to do'],
    [countOf(rows, 'undone'), 'taken back'],
    [countOf(rows, 'waiting'), 'left out'],
  ] as const
  return `${parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')}.`
}

/** The run over selected rows: how far it is, how each row went, and what can be done about it. */
export const BulkDialog = () => {
  const bulk = useBulk((state) => state.bulk)
  if (bulk === null || !bulk.isOpen) return null
  const { rows, phase, retry, isCancelled } = bulk
  const isEnded = phase === 'ended'
  const over = rows.length - countOf(rows, 'waiting', 'running')
  const undoable = rows.filter((row) => row.undo !== undefined).length
  const failed = countOf(rows, 'failed')
  return (
    <Dialog
      open
      onClose={closeBulk}
      title={bulk.title}
      size="lg"
      footer={
        isEnded ? (
          <>
            {undoable > 0 && (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
                onClick={() => void undoBulk()}
              >
                Undo {undoable}
              </Button>
            )}
            {retry !== null && (
              <Button variant="default" onClick={retry}>
                Try {failed} again
              </Button>
            )}
            <Button onClick={closeBulk} data-autofocus>
              Close
            </Button>
          </>
        ) : (
          <>
            <Button variant="subtle" color="gray" onClick={closeBulk}>
              Go on in the background
            </Button>
            <Button variant="default" disabled={isCancelled} onClick={cancelBulk}>
              {isCancelled ? 'Stopping' : 'Stop'}
            </Button>
          </>
        )
      }
    >
      {isEnded ? (
        <p role="status" className={classes['summary']}>
          {summary(rows)}
        </p>
      ) : (
        <div className={classes['progress']}>
          <Progress value={(100 * over) / Math.max(1, rows.length)} aria-label={bulk.title} size="sm" />
          <span role="status">{phase === 'undoing' ? 'Taking back' : `${over} of ${rows.length}`}</span>
        </div>
      )}
      <Results rows={rows} isEnded={isEnded} />
    </Dialog>
  )
}
