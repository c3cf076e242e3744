import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import classes from './toast.module.css'

export type ToastTone = 'done' | 'problem'

type Toast = {
  readonly id: number
  readonly message: string
  readonly tone: ToastTone
  readonly undo: (() => unknown) | undefined
}

type ToastInput = {
  readonly message: string
  readonly tone?: ToastTone
  /** Takes the action back; the toast then stays at least 10 seconds. */
  readonly undo?: () => unknown
}

const useToasts = create<{ readonly list: readonly Toast[] }>(() => ({ list: [] }))
let lastId = 0

const remove = (id: number) => useToasts.setState(({ list }) => ({ list: list.filter((toast) => toast.id !== id) }))

/** Tells what was done, at the foot of the window and to screen readers; at most four at a time. */
export const showToast = ({ message, tone = 'done', undo }: ToastInput): void => {
  lastId += 1
  const toast: Toast = { id: lastId, message, tone, undo }
  useToasts.setState(({ list }) => ({ list: [...list.slice(-3), toast] }))
}

const lifetime = (toast: Toast) => (toast.undo === undefined && toast.tone === 'done' ? 5000 : 10_000)

const ToastCard = ({ toast }: { readonly toast: Toast }) => {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => remove(toast.id), lifetime(toast))
    return () => clearTimeout(timer)
  }, [held, toast])
  const undo = async () => {
    remove(toast.id)
    try {
      await toast.undo?.()
    } catch (thrown) {
      showToast({ message: thrown instanceof Error ? thrown.message : 'This could not be undone.', tone: 'problem' })
    }
  }
  return (
    // A toast that is being read or reached for does not vanish.
    <li
      className={classes['toast']}
      data-tone={toast.tone}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.tone === 'done' ? (
        <IconCheck size={16} aria-hidden="true" />
      ) : (
        <IconAlertTriangle size={16} aria-hidden="true" />
      )}
      <span className={classes['message']}>{toast.message}</span>
      {toast.undo !== undefined && (
        <Button variant="subtle" size="compact-sm" onClick={() => void undo()} className={classes['undo']}>
          Undo
        </Button>
      )}
      <ActionIcon size={24} aria-label="Dismiss" onClick={() => remove(toast.id)} className={classes['close']}>
        <IconX size={14} />
      </ActionIcon>
    </li>
  )
}

/** Where toasts appear; once, at the top of the app. */
export const Toasts = () => {
  const list = useToasts((state) => state.list)
  return (
    <section aria-label="Messages" className={classes['place']}>
      <ul aria-live="polite" className={classes['list']}>
        {list.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  )
}
