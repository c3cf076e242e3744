import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './dialog.module.css'
import { useDialogLayer } from './dialog-layer.ts'
import { useFocusBack } from './focus-back.ts'

type Props = {
  readonly open: boolean
  /** Null where only a button of the dialog's own closes it: what it shows is not shown a second time. */
  readonly onClose: (() => void) | null
  readonly title: string
  readonly size?: 'sm' | 'md' | 'lg' | 'xl'
  readonly children: ReactNode
  /** Buttons at the foot, the verb last. */
  readonly footer?: ReactNode
}

/** A dialog that traps the focus, closes by Escape and gives the focus back. */
export const Dialog = ({ open, onClose, title, size = 'md', children, footer }: Props) => {
  useFocusBack(open)
  const { zIndex, content } = useDialogLayer(open, onClose)
  return (
    <Modal.Root
      opened={open}
      onClose={onClose ?? stay}
      // Of several only the one on top is closed by it.
      closeOnEscape={false}
      zIndex={zIndex}
      closeOnClickOutside={onClose !== null}
      size={size}
      transitionProps={quick}
    >
      <Modal.Overlay />
      <Modal.Content ref={content}>
        {/* No banner: the window has one already. */}
        <Modal.Header role="none">
          <Modal.Title className={classes['title']}>{title}</Modal.Title>
          {onClose !== null && <Modal.CloseButton aria-label="Close" />}
        </Modal.Header>
        <Modal.Body>
          <div className={classes['body']}>{children}</div>
          {footer !== undefined && <DialogFooter>{footer}</DialogFooter>}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

const quick = { duration: 100 }
const stay = () => undefined

/** The row of buttons at the foot of a dialog; inside a form of its own, put it last in the form. */
export const DialogFooter = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes['footer']}>{children}</div>
)
