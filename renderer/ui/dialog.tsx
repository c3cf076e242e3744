import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './dialog.module.css'

type Props = {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly size?: 'sm' | 'md' | 'lg' | 'xl'
  readonly children: ReactNode
  /** Buttons at the foot, the verb last. */
  readonly footer?: ReactNode
}

/** A dialog that traps the focus, closes by Escape and gives the focus back. */
export const Dialog = ({ open, onClose, title, size = 'md', children, footer }: Props) => (
  <Modal opened={open} onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': 'Close' }}>
    <div className={classes['body']}>{children}</div>
    {footer !== undefined && <DialogFooter>{footer}</DialogFooter>}
  </Modal>
)

/** The row of buttons at the foot of a dialog; inside a form of its own, put it last in the form. */
export const DialogFooter = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes['footer']}>{children}</div>
)
