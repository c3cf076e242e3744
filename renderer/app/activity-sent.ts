import { IconArrowBackUp, IconSend } from '@tabler/icons-react'
import { type Tell, text } from './activity-words.ts'
import { howWords, isSentHow } from './sent-words.ts'

const sent: Tell = (data, formats) => {
  const how = text(data, 'how')
  return {
    icon: IconSend,
    tone: 'positive',
    title: `${text(data, 'number')} sent ${isSentHow(how) ? howWords[how].behind : 'in another way'}`,
    more: [formats.date(text(data, 'on')), text(data, 'note')].filter((part) => part !== '').join(' · '),
  }
}

const takenBack: Tell = (data) => ({
  icon: IconArrowBackUp,
  title: `${text(data, 'number')} not sent after all`,
})

/** Documents that went out in another way than by mail. */
export const sentKinds: Readonly<Record<string, Tell>> = {
  'invoice.sent-by-hand': sent,
  'quote.sent-by-hand': sent,
  'credit-note.sent-by-hand': sent,
  'invoice.sent-taken-back': takenBack,
  'quote.sent-taken-back': takenBack,
  'credit-note.sent-taken-back': takenBack,
}
