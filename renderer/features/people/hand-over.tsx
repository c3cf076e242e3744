import { Anchor, Radio } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { type Me, useMay } from '../../app/me.ts'
import classes from './people.module.css'

/** How a person gets the code with which they set a password. */
export const handOverWays = ['mail', 'qr', 'file', 'text'] as const
export type HandOverWay = (typeof handOverWays)[number]

export type HandedOver = {
  readonly id: string
  readonly name: string
  readonly way: HandOverWay
  /** `mailed` went out, `failed` did not, `made` is there to be handed over, `none` is needed. */
  readonly result:
    | { readonly kind: 'mailed'; readonly address: string; readonly expiresAt: string }
    | { readonly kind: 'failed'; readonly why: string }
    | { readonly kind: 'made'; readonly token: string; readonly expiresAt: string }
    | { readonly kind: 'none' }
}

const words: Readonly<Record<HandOverWay, { readonly label: string; readonly about: string }>> = {
  mail: { label: 'By mail', about: 'Goes to them alone: not through the outbox, and not even you see it.' },
  qr: { label: 'QR code', about: 'They scan it from your screen.' },
  file: { label: 'File', about: 'On a stick, or by a messenger that you both trust.' },
  text: { label: 'Code', about: 'To copy, to write down or to read out.' },
}

/** Why a code cannot be mailed; null where it can. */
export const noMailReason = (me: Me | undefined, email: string | null): string | null => {
  if (me?.hasMailAccount !== true) return 'This business has no mail account yet.'
  return email === null || email.trim() === '' ? 'Needs their e-mail address.' : null
}

type Props = {
  readonly value: HandOverWay
  readonly onChange: (way: HandOverWay) => void
  readonly me: Me | undefined
  readonly email: string | null
}

/** Chooses how the code gets to the person; mail where an account and an address are there. */
export const HandOverChoice = ({ value, onChange, me, email }: Props) => {
  const may = useMay()
  const missing = noMailReason(me, email)
  return (
    <Radio.Group
      label="How do they get their code?"
      description="With it they set a password of their own. It works once, within a day."
      value={value}
      onChange={(chosen) => onChange(handOverWays.find((way) => way === chosen) ?? 'qr')}
    >
      <div className={classes['ways']}>
        {handOverWays.map((way) => (
          <Radio
            key={way}
            value={way}
            label={words[way].label}
            description={way === 'mail' && missing !== null ? missing : words[way].about}
            disabled={way === 'mail' && missing !== null}
          />
        ))}
      </div>
      {me?.hasMailAccount === false && may('mail.manage') && (
        <p className={classes['quiet']}>
          <Anchor component={Link} to="/settings/mail" size="sm">
            Set up a mail account
          </Anchor>
        </p>
      )}
    </Radio.Group>
  )
}

type Somebody = { readonly id: string; readonly name: string }

/** Mails a new code; what went wrong is part of the answer, as the person is there either way. */
export const mailCode = async ({ id, name }: Somebody): Promise<HandedOver> => {
  try {
    const { sentTo, expiresAt } = await api.users.mailCode({ id })
    return { id, name, way: 'mail', result: { kind: 'mailed', address: sentTo, expiresAt } }
  } catch (thrown) {
    return { id, name, way: 'mail', result: { kind: 'failed', why: describeError(thrown).message } }
  }
}

/** Makes a new code to be handed over. */
export const makeCode = async ({ id, name }: Somebody, way: HandOverWay): Promise<HandedOver> => {
  const { token, expiresAt } = await api.users.makeCode({ id })
  return token === null || expiresAt === null
    ? { id, name, way, result: { kind: 'none' } }
    : { id, name, way, result: { kind: 'made', token, expiresAt } }
}
