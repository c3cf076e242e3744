import { ActionIcon, Button } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { describeError } from './errors.ts'
import { type OpenPdf, openPdf } from './pdf-library.ts'
import { PdfPage } from './pdf-page.tsx'
import classes from './pdf-view.module.css'

type Opened = OpenPdf & { readonly ratio: number }

/** The newest of the given bytes as an open document; the one before stays until the newer one is ready. */
const useOpenPdf = (bytes: Uint8Array | null) => {
  const [opened, setOpened] = useState<Opened | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    if (bytes === null) return
    let isLatest = true
    const open = async () => {
      try {
        const pdf = await openPdf(bytes)
        const { width, height } = (await pdf.document.getPage(1)).getViewport({ scale: 1 })
        if (!isLatest) return pdf.close()
        setError(null)
        setOpened({ ...pdf, ratio: height / width })
      } catch (thrown) {
        if (isLatest) setError(thrown)
      }
    }
    void open()
    return () => {
      isLatest = false
    }
  }, [bytes])
  useEffect(() => () => opened?.close(), [opened])
  return { opened, error }
}

const zoomSteps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3]

const nextZoom = (zoom: number, direction: 1 | -1): number => {
  const steps = direction === 1 ? zoomSteps : zoomSteps.toReversed()
  return steps.find((step) => (direction === 1 ? step > zoom + 0.01 : step < zoom - 0.01)) ?? zoom
}

type ToolsProps = {
  readonly pages: number
  readonly zoom: number
  readonly onZoom: (zoom: number) => void
  readonly children: ReactNode
}

const Tools = ({ pages, zoom, onZoom, children }: ToolsProps) => (
  <div className={classes['tools']}>
    <span className={classes['count']}>{pages === 0 ? '' : pages === 1 ? '1 page' : `${pages} pages`}</span>
    <span className={classes['note']}>{children}</span>
    <ActionIcon size={26} aria-label="Zoom out" disabled={zoom <= 0.5} onClick={() => onZoom(nextZoom(zoom, -1))}>
      <IconMinus size={15} />
    </ActionIcon>
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      aria-label={`${Math.round(zoom * 100)}%: fit the width`}
      onClick={() => onZoom(1)}
    >
      {Math.round(zoom * 100)}%
    </Button>
    <ActionIcon size={26} aria-label="Zoom in" disabled={zoom >= 3} onClick={() => onZoom(nextZoom(zoom, 1))}>
      <IconPlus size={15} />
    </ActionIcon>
  </div>
)

type Props = {
  readonly bytes: Uint8Array | null
  /** What the document is: `Preview`, `Invoice INV-0042`. */
  readonly label: string
  /** A word on its state beside the page count. */
  readonly note?: ReactNode
  readonly problem?: unknown
  readonly widest?: number
}

/** A PDF on the desk: pages below each other, zoom, page count; new bytes replace the old without a flicker. */
export const PdfView = ({ bytes, label, note, problem = null, widest = 860 }: Props) => {
  const { opened, error } = useOpenPdf(bytes)
  const [zoom, setZoom] = useState(1)
  const [paints, setPaints] = useState(0)
  const { ref, width } = useElementSize()
  const pages = opened?.document.numPages ?? 0
  const failure = problem ?? error
  const pageWidth = Math.floor(Math.min(widest, Math.max(0, width - 2)) * zoom)
  return (
    <section aria-label={label} className={classes['view']} data-paints={paints}>
      <Tools pages={pages} zoom={zoom} onZoom={setZoom}>
        {note}
      </Tools>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls needs a stop of the keyboard */}
      <section className={classes['desk']} tabIndex={0} aria-label={`Pages of ${label}`}>
        <div ref={ref} className={classes['measure']} />
        {failure !== null && <ErrorPanel {...describeError(failure)} />}
        {opened === null && failure === null && <Skeleton lines={12} label={`Loading ${label}`} />}
        {opened !== null &&
          Array.from({ length: pages }, (_, index) => (
            <PdfPage
              // biome-ignore lint/suspicious/noArrayIndexKey: a page is its number, and keeps its canvas when replaced
              key={index}
              document={opened.document}
              number={index + 1}
              width={pageWidth}
              ratio={opened.ratio}
              label={`${label}, page ${index + 1} of ${pages}`}
              onPainted={index === 0 ? () => setPaints((count) => count + 1) : undefined}
            />
          ))}
      </section>
    </section>
  )
}
