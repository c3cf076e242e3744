import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import classes from './print-sheet.module.css'

type Props = { readonly children: ReactNode; readonly onDone: () => void }

/** A sheet for the printer that stands alone on the paper while the system's dialog is open, which also makes a PDF of it. */
const PrintSheet = ({ children, onDone }: Props) => {
  useEffect(() => {
    const over = () => onDone()
    window.addEventListener('afterprint', over, { once: true })
    // Once the sheet is laid out.
    const frame = requestAnimationFrame(() => window.print())
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('afterprint', over)
    }
  }, [onDone])
  return createPortal(
    <div className={classes['sheet']} data-printed aria-hidden="true">
      {children}
    </div>,
    document.body,
  )
}

/** Printing of what `content` draws: call `print`, and put `sheet` anywhere on the page. */
export const usePrintSheet = (content: () => ReactNode): { readonly print: () => void; readonly sheet: ReactNode } => {
  const [printing, setPrinting] = useState(false)
  const [done] = useState(() => () => setPrinting(false))
  return {
    print: () => setPrinting(true),
    sheet: printing ? <PrintSheet onDone={done}>{content()}</PrintSheet> : null,
  }
}
