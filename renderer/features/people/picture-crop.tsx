import { Button } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useState } from 'react'
import { describeError } from '../../app/errors.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import classes from './people.module.css'
import { type Cut, drawCut, firstCut, mostZoom, movedBy, zoomedTo } from './square-picture.ts'

type Props = {
  readonly picture: ImageBitmap
  readonly onSave: (cut: Cut) => Promise<void>
  readonly onClose: () => void
}

const step = 0.02
const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
}
const zooms: Readonly<Record<string, number>> = { '+': 1.1, '=': 1.1, '-': 1 / 1.1 }

const percent = (part: number) => `${Math.round(part * 100)}%`

/** Moves by dragging and by arrow keys, zooms by plus and minus. */
const useCut = (picture: ImageBitmap) => {
  const [cut, setCut] = useState(firstCut)
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = directions[event.key]
    const zoom = zooms[event.key]
    if (direction === undefined && zoom === undefined) return
    event.preventDefault()
    const times = event.shiftKey ? 5 : 1
    if (zoom !== undefined) setCut((now) => zoomedTo(picture, now, now.zoom * zoom))
    else if (direction !== undefined) setCut((now) => movedBy(picture, now, direction[0] * times, direction[1] * times))
  }
  const onPointerDown = (event: PointerEvent) => event.currentTarget.setPointerCapture(event.pointerId)
  const onPointerMove = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { width } = event.currentTarget.getBoundingClientRect()
    setCut((now) => movedBy(picture, now, event.movementX / width, event.movementY / width))
  }
  const zoomTo = (zoom: number) => setCut((now) => zoomedTo(picture, now, zoom))
  return { cut, zoomTo, stage: { onKeyDown, onPointerDown, onPointerMove } }
}

/** Chooses what of a picture is shown: moved by dragging or by keys, zoomed by a slider. */
export const PictureCrop = ({ picture, onSave, onClose }: Props) => {
  const { cut, zoomTo, stage } = useCut(picture)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  // It comes after the dialog does.
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null)
  const [hint, zoom] = [useId(), useId()]
  useEffect(() => {
    if (canvas !== null) drawCut(canvas, picture, cut)
  }, [canvas, picture, cut])
  const save = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await onSave(cut)
    } catch (thrown) {
      setProblem(describeError(thrown).message)
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title="What of it is shown" size="sm">
      <div className={classes['crop']}>
        <div
          {...stage}
          role="application"
          aria-label="Your picture"
          aria-describedby={hint}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the picture in it
          tabIndex={0}
          className={classes['stage']}
          data-autofocus
        >
          <canvas ref={setCanvas} width={512} height={512} />
        </div>
        <p id={hint} className={classes['quiet']}>
          Drag the picture, or move it with the arrow keys.
        </p>
        <div className={classes['zoom']}>
          <label htmlFor={zoom}>Zoom</label>
          <input
            id={zoom}
            type="range"
            min={1}
            max={mostZoom}
            step={0.05}
            value={cut.zoom}
            aria-valuetext={percent(cut.zoom)}
            onChange={(event) => zoomTo(event.currentTarget.valueAsNumber)}
          />
          <output htmlFor={zoom}>{percent(cut.zoom)}</output>
        </div>
        <p className={classes['unseen']} role="status">
          {`${percent(cut.x)} to the right, ${percent(cut.y)} down`}
        </p>
        {problem !== null && (
          <p role="alert" className={classes['problem']}>
            {problem}
          </p>
        )}
      </div>
      <DialogFooter>
        <Button variant="default" onClick={onClose} disabled={busy}>
          Cancel
        </Button>
        <Button loading={busy} onClick={() => void save()}>
          Save the picture
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
