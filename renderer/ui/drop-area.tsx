import { type DragEvent, type ReactNode, useState } from 'react'
import classes from './drop-area.module.css'

type Props = { readonly onFiles: (files: readonly File[]) => void; readonly children: ReactNode }

const filesOf = (event: DragEvent): File[] => [...event.dataTransfer.files]

/** Takes files that are dropped on its content; a button inside does the same without dragging. */
export const DropArea = ({ onFiles, children }: Props) => {
  const [over, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the second way; the button inside is the first
    <div
      className={classes['area']}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const files = filesOf(event)
        if (files.length > 0) onFiles(files)
      }}
    >
      {children}
    </div>
  )
}
