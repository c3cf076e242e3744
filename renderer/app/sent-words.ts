import type { SentByHand } from '../../shared/contract/documents.ts'

/** In which way a document went out, as the dialog offers it and as it reads behind "sent". */
export const howWords: Readonly<Record<SentByHand['how'], { readonly label: string; readonly behind: string }>> = {
  post: { label: 'By post', behind: 'by post' },
  'handed-over': { label: 'Handed over', behind: 'by hand' },
  portal: { label: 'Through a portal', behind: 'through a portal' },
  message: { label: 'By another message', behind: 'by message' },
  other: { label: 'In another way', behind: 'in another way' },
}

/** Whether a word that was kept names one of these ways. */
export const isSentHow = (how: string): how is SentByHand['how'] => Object.hasOwn(howWords, how)
