import { Checkbox, ColorInput, Input, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import {
  designBlocks,
  designColumns,
  designFonts,
  designLayouts,
  logoPositions,
  logoSizes,
  type TemplateDesign,
  textSizes,
} from '../../../shared/documents/template-design.ts'
import { blockTexts, columnTexts, fontTexts, layoutTexts } from './design-texts.ts'
import { OrderList } from './order-list.tsx'
import classes from './templates.module.css'

type Props = {
  readonly design: TemplateDesign
  readonly onChange: (change: Partial<TemplateDesign>) => void
  /** The accent colour of the business, taken where the template has none of its own. */
  readonly accent: string
}

const Group = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <fieldset className={classes['group']}>
    <legend>{title}</legend>
    {children}
  </fieldset>
)

type ChoiceProps<T extends string> = {
  readonly label: string
  readonly value: T
  readonly data: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
  readonly disabled?: boolean
}

const Choice = <T extends string>({ label, value, data, onChange, disabled = false }: ChoiceProps<T>) => (
  <Input.Wrapper label={label} labelElement="div">
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={label}
      value={value}
      data={data.map((it) => ({ ...it }))}
      disabled={disabled}
      onChange={(next) => {
        const chosen = data.find((it) => it.value === next)
        if (chosen !== undefined) onChange(chosen.value)
      }}
    />
  </Input.Wrapper>
)

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const choices = <T extends string>(values: readonly T[]) => values.map((value) => ({ value, label: capital(value) }))

const swatches = ['#1f3f77', '#155e54', '#1d5f3a', '#7a4a06', '#8c2f1b', '#6b2a5b', '#3f3a8c', '#1c1b19']
const isColor = (text: string) => /^#[0-9a-f]{6}$/i.test(text)

const Color = ({
  label,
  value,
  onChange,
  disabled = false,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (color: string) => void
  readonly disabled?: boolean
}) => (
  <ColorInput
    label={label}
    value={value}
    disabled={disabled}
    onChange={(color) => isColor(color) && onChange(color.toLowerCase())}
    format="hex"
    swatches={swatches}
    swatchesPerRow={8}
    popoverProps={{ withinPortal: false }}
    eyeDropperButtonProps={{ 'aria-label': 'Take a colour from the screen' }}
  />
)

const Look = ({ design, onChange, accent }: Props) => (
  <Group title="Look">
    <Choice
      label="Character"
      value={design.layout}
      data={designLayouts.map((value) => ({ value, label: layoutTexts[value].name }))}
      onChange={(layout) => onChange({ layout })}
    />
    <Checkbox
      label="Accent colour of the business"
      checked={design.accentColor === null}
      onChange={(event) => onChange({ accentColor: event.currentTarget.checked ? null : accent })}
    />
    {design.accentColor !== null && (
      <Color label="Accent colour" value={design.accentColor} onChange={(accentColor) => onChange({ accentColor })} />
    )}
    <Color label="Text colour" value={design.textColor} onChange={(textColor) => onChange({ textColor })} />
    <Choice
      label="Text size"
      value={design.textSize}
      data={choices(textSizes)}
      onChange={(textSize) => onChange({ textSize })}
    />
    <Choice
      label="Font"
      value={design.font}
      data={designFonts.map((value) => ({ value, label: fontTexts[value] }))}
      onChange={(font) => onChange({ font })}
    />
    <p className={classes['hint']}>Latin, Greek and Cyrillic. Other scripts take the face that is theirs.</p>
    <Choice
      label="Page size"
      value={design.pageSize ?? 'business'}
      data={[
        { value: 'business', label: 'As the business' },
        { value: 'A4', label: 'A4' },
        { value: 'LETTER', label: 'Letter' },
      ]}
      onChange={(size) => onChange({ pageSize: size === 'business' ? null : size })}
    />
  </Group>
)

const Logo = ({ design, onChange }: Props) => {
  const { logo } = design
  return (
    <Group title="Logo">
      <Switch
        label="Show the logo"
        checked={logo.isShown}
        onChange={(event) => onChange({ logo: { ...logo, isShown: event.currentTarget.checked } })}
      />
      <p className={classes['hint']}>
        The picture itself is chosen under{' '}
        <Link to="/settings/$section" params={{ section: 'documents' }}>
          Documents
        </Link>
        .
      </p>
      <Choice
        label="Place of logo and name"
        value={logo.position}
        data={logoPositions.map((value) => ({ value, label: value === 'center' ? 'Centre' : capital(value) }))}
        onChange={(position) => onChange({ logo: { ...logo, position } })}
      />
      <Choice
        label="Size of the logo"
        value={logo.size}
        data={choices(logoSizes)}
        disabled={!logo.isShown}
        onChange={(size) => onChange({ logo: { ...logo, size } })}
      />
    </Group>
  )
}

const Columns = ({ design, onChange }: Props) => {
  const { columns } = design
  const labelOf = (key: string) => columns.find((column) => column.key === key)?.label ?? null
  return (
    <Group title="Columns">
      <p className={classes['hint']}>A column that no line fills is left out. Your own heads go for every language.</p>
      <OrderList
        label="Columns"
        all={designColumns}
        shown={columns.map(({ key }) => key)}
        fixed={['description', 'amount']}
        texts={columnTexts}
        onChange={(keys) => onChange({ columns: keys.map((key) => ({ key, label: labelOf(key) })) })}
        beside={(key) =>
          key === 'taxAmount' ? null : (
            <TextInput
              size="xs"
              aria-label={`Own head of ${columnTexts[key]}`}
              placeholder="Usual head"
              maxLength={40}
              value={labelOf(key) ?? ''}
              onChange={(event) => {
                const label = event.currentTarget.value || null
                onChange({ columns: columns.map((column) => (column.key === key ? { ...column, label } : column)) })
              }}
            />
          )
        }
      />
    </Group>
  )
}

const Parts = ({ design, onChange }: Props) => (
  <Group title="Parts, from top to bottom">
    <OrderList
      label="Parts"
      all={designBlocks}
      shown={design.blocks}
      fixed={['lines', 'legal']}
      texts={blockTexts}
      onChange={(blocks) => onChange({ blocks: [...blocks] })}
    />
  </Group>
)

const Texts = ({ design, onChange }: Props) => {
  const { texts } = design
  const field = (key: keyof typeof texts) => ({
    value: texts[key] ?? '',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ texts: { ...texts, [key]: event.currentTarget.value || null } }),
  })
  const shown = (block: 'intro' | 'closing') => design.blocks.includes(block)
  return (
    <Group title="Own texts">
      <p className={classes['hint']}>
        {'In the opening and closing text {client}, {number}, {date}, {due} and {total} are filled in.'}
      </p>
      <TextInput label="Title of invoices" placeholder="Invoice" maxLength={40} {...field('title')} />
      <TextInput label="Line at the top of the page" maxLength={200} {...field('header')} />
      <Textarea
        label="Opening text"
        description={shown('intro') ? undefined : 'Not shown: tick it under Parts.'}
        autosize
        minRows={2}
        maxLength={1000}
        {...field('intro')}
      />
      <Textarea
        label="Closing text"
        description={shown('closing') ? undefined : 'Not shown: tick it under Parts.'}
        autosize
        minRows={2}
        maxLength={1000}
        {...field('closing')}
      />
      <TextInput label="Foot of every page" placeholder="As the business" maxLength={300} {...field('footer')} />
    </Group>
  )
}

const Extras = ({ design, onChange }: Props) => {
  const { show } = design
  const item = (key: keyof typeof show, label: string, description: string) => (
    <Switch
      label={label}
      description={description}
      checked={show[key]}
      onChange={(event) => onChange({ show: { ...show, [key]: event.currentTarget.checked } })}
    />
  )
  return (
    <Group title="Codes and slips">
      {item('paymentCode', 'Code to scan', 'EPC for euro, UPI for rupees, else the payment link.')}
      {item('paymentSlip', 'Swiss QR-bill', 'At the foot of the last page, for accounts in Switzerland.')}
      {item('stub', 'Slip to tear off', 'What a payment has to name, where there is room.')}
      {item('senderLine', 'Sender above the address', 'In small letters, for envelopes with a window.')}
    </Group>
  )
}

/** Everything of a template that can be changed, in the order of the paper. */
export const DesignControls = (props: Props) => (
  <>
    <Look {...props} />
    <Logo {...props} />
    <Columns {...props} />
    <Parts {...props} />
    <Texts {...props} />
    <Extras {...props} />
  </>
)
