import { showToast } from './toast.tsx'

/** Puts a text on the clipboard and says so. */
export const copyText = async (text: string, what: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ message: `${what} copied.` })
  } catch {
    showToast({ message: 'The clipboard is closed to this window: mark the text and copy it.', tone: 'problem' })
  }
}
