import { SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, type RefObject, useState } from 'react'
import classes from './desk.module.css'

export type View = 'paper' | 'preview' | 'details'

/** Which parts of a document are in view: two beside each other where the window is wide, else one. */
export const useViews = (first: Exclude<View, 'paper'>) => {
  const isWide = useMediaQuery('(min-width: 1280px)', true, { getInitialValueInEffect: false })
  const [narrow, setNarrow] = useState<View>('paper')
  const [side, setSide] = useState(first)
  const view: View = isWide ? side : narrow
  const [isSeen, setSeen] = useState(false)
  if (view === 'details' && !isSeen) setSeen(true)
  const show = (next: View) => {
    setNarrow(next)
    if (next !== 'paper') setSide(next)
  }
  return { isWide, view, show, isSeen }
}

export type Views = ReturnType<typeof useViews>

type SwitchProps = { readonly views: Views; readonly names: Readonly<Record<View, string>> }

/** Chooses what is in view. */
export const ViewSwitch = ({ views, names }: SwitchProps) => {
  const offered: readonly View[] = views.isWide ? ['preview', 'details'] : ['paper', 'preview', 'details']
  const shown = offered.filter((view) => names[view] !== '')
  if (shown.length < 2) return null
  return (
    <SegmentedControl
      aria-label="View"
      value={views.view}
      data={shown.map((view) => ({ value: view, label: names[view] }))}
      // The control gives back one of the values above.
      onChange={(view) => views.show(view as View)}
    />
  )
}

type FrameProps = {
  readonly views: Views
  readonly desk: RefObject<HTMLDivElement | null>
  readonly paper: ReactNode
  /** The paper is a PDF, which scrolls by itself. */
  readonly isPdf?: boolean
  readonly preview: ReactNode
  readonly details: ReactNode
}

/** The desk with the paper on it, and what lies beside it behind the tear line. */
export const EditorFrame = ({ views, desk, paper, isPdf = false, preview, details }: FrameProps) => {
  const isPaperShown = views.isWide || views.view === 'paper'
  return (
    <div className={classes['workspace']} data-wide={views.isWide || undefined}>
      {/* Hidden rather than gone: what is typed, and where one was, stays. */}
      <div ref={desk} className={classes['desk']} data-pdf={isPdf || undefined} hidden={!isPaperShown}>
        {paper}
      </div>
      {views.view === 'preview' && (
        <aside className={classes['side']} aria-label="Preview" data-pdf>
          {preview}
        </aside>
      )}
      {views.isSeen && (
        // Hidden as well: a dialog that was opened from there stays when the window gets narrower.
        <aside className={classes['side']} aria-label="Details" hidden={views.view !== 'details'}>
          <div className={classes['stack']}>{details}</div>
        </aside>
      )}
    </div>
  )
}
