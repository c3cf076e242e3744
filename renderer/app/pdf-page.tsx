import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import classes from './pdf-view.module.css'

/** Draws a page beside the visible one and swaps them, so that nothing is ever blank in between. */
const paint = async (
  document: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
  stop: AbortSignal,
) => {
  const page = await document.getPage(number)
  if (stop.aborted) return
  const scale = (width / page.getViewport({ scale: 1 }).width) * Math.max(1, window.devicePixelRatio)
  const viewport = page.getViewport({ scale })
  const drawn = window.document.createElement('canvas')
  drawn.width = Math.floor(viewport.width)
  drawn.height = Math.floor(viewport.height)
  const task = page.render({ canvas: drawn, viewport })
  stop.addEventListener('abort', () => task.cancel())
  await task.promise
  if (stop.aborted) return
  canvas.width = drawn.width
  canvas.height = drawn.height
  canvas.getContext('2d')?.drawImage(drawn, 0, 0)
}

/** Whether the element is near what is in view. */
const useIsNear = (element: React.RefObject<HTMLElement | null>) => {
  const [near, setNear] = useState(false)
  useEffect(() => {
    if (element.current === null) return
    const watcher = new IntersectionObserver((entries) => setNear(entries.some((entry) => entry.isIntersecting)), {
      rootMargin: '600px',
    })
    watcher.observe(element.current)
    return () => watcher.disconnect()
  }, [element])
  return near
}

type Props = {
  readonly document: PDFDocumentProxy
  readonly number: number
  /** In pixels of the screen. */
  readonly width: number
  /** Height over width. */
  readonly ratio: number
  readonly label: string
  readonly onPainted: (() => void) | undefined
}

/** One page of a PDF, drawn while it is near the view. */
export const PdfPage = ({ document, number, width, ratio, label, onPainted }: Props) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const near = useIsNear(canvas)
  const painted = useRef(onPainted)
  painted.current = onPainted
  useEffect(() => {
    if (!near || canvas.current === null || width === 0) return
    const stop = new AbortController()
    const target = canvas.current
    const draw = async () => {
      try {
        await paint(document, number, target, width, stop.signal)
        if (!stop.signal.aborted) painted.current?.()
      } catch (thrown) {
        // A drawing that was overtaken by a newer one ends by an error of its own.
        if (!stop.signal.aborted) throw thrown
      }
    }
    void draw()
    return () => stop.abort()
  }, [document, number, width, near])
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={classes['page']}
      style={{ width, height: Math.round(width * ratio) }}
    />
  )
}
