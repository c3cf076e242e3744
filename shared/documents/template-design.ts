import { z } from 'zod'

/** The four finished templates; each is a character of its own, not a colour. */
export const designLayouts = ['plain', 'modern', 'dense', 'letter'] as const
export type DesignLayout = (typeof designLayouts)[number]

/** What a column of the table can show. One that no line fills is left out of the paper. */
export const designColumns = [
  'position',
  'code',
  'hsn',
  'description',
  'quantity',
  'unit',
  'price',
  'discount',
  'tax',
  'taxAmount',
  'amount',
] as const
export type DesignColumn = (typeof designColumns)[number]

/** The parts of the paper below its head; `lines` is the table with its totals. */
export const designBlocks = ['intro', 'lines', 'words', 'payment', 'notes', 'terms', 'legal', 'closing'] as const
export type DesignBlock = (typeof designBlocks)[number]

/** Families for Latin, Greek and Cyrillic text; other scripts have one face each and follow the text. */
export const designFonts = ['noto-sans', 'noto-serif'] as const
export type DesignFont = (typeof designFonts)[number]
export const textSizes = ['small', 'normal', 'large'] as const
export const logoPositions = ['left', 'center', 'right'] as const
export const logoSizes = ['small', 'medium', 'large'] as const

const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'Enter a colour as #rrggbb.')

// Control characters never belong in a text: they break files and PDFs.
const isClean = (text: string) => !/\p{Cc}|\p{Cs}/u.test(text.replace(/[\n\r\t]/g, ''))

const ownText = (max: number) =>
  z
    .string()
    .max(max, `At most ${max} characters.`)
    .refine(isClean, 'Remove control characters.')
    .nullable()
    .transform((text) => text?.trim() || null)

const distinct = (keys: readonly string[]) => new Set(keys).size === keys.length

const columnsSchema = z
  .array(z.object({ key: z.enum(designColumns), label: ownText(40).default(null) }))
  .min(1)
  .refine((columns) => distinct(columns.map(({ key }) => key)), 'A column can be shown only once.')
  .refine(
    (columns) => columns.some(({ key }) => key === 'description'),
    'The description has to stay: say what is sold.',
  )
  .refine((columns) => columns.some(({ key }) => key === 'amount'), 'The amount has to stay: the total adds it up.')

const blocksSchema = z
  .array(z.enum(designBlocks))
  .refine(distinct, 'A part can be shown only once.')
  .refine((blocks) => blocks.includes('lines'), 'The lines with their totals have to stay.')
  .refine((blocks) => blocks.includes('legal'), 'Legal texts have to stay: the law asks for reasons of exemption.')

/** How a document looks: everything of the paper that is not its content. */
export const templateDesignSchema = z.object({
  layout: z.enum(designLayouts),
  /** null: the accent colour of the business. */
  accentColor: color.nullable(),
  textColor: color,
  font: z.enum(designFonts),
  textSize: z.enum(textSizes),
  /** null: the page size of the business. */
  pageSize: z.enum(['A4', 'LETTER']).nullable(),
  logo: z.object({
    isShown: z.boolean(),
    position: z.enum(logoPositions),
    size: z.enum(logoSizes),
  }),
  columns: columnsSchema,
  /** The parts that are shown, from top to bottom. */
  blocks: blocksSchema,
  /** Own texts; null prints the usual one of the document's language, or nothing. */
  texts: z.object({
    title: ownText(40),
    header: ownText(200),
    intro: ownText(1000),
    closing: ownText(1000),
    footer: ownText(300),
  }),
  show: z.object({
    /** The QR code of the country: EPC, UPI or a link. */
    paymentCode: z.boolean(),
    /** The Swiss QR-bill part at the foot of the last page. */
    paymentSlip: z.boolean(),
    /** The tear-off part at the foot of the last page. */
    stub: z.boolean(),
    /** The sender in small letters above the buyer, for envelopes with a window. */
    senderLine: z.boolean(),
  }),
})
export type TemplateDesign = z.output<typeof templateDesignSchema>

const columnsOf = (...keys: DesignColumn[]): TemplateDesign['columns'] => keys.map((key) => ({ key, label: null }))

const base = {
  accentColor: null,
  textColor: '#1c1b19',
  font: 'noto-sans',
  textSize: 'normal',
  pageSize: null,
  logo: { isShown: true, position: 'left', size: 'medium' },
  columns: columnsOf('position', 'description', 'hsn', 'quantity', 'price', 'tax', 'amount'),
  blocks: ['lines', 'words', 'notes', 'payment', 'terms', 'legal'],
  texts: { title: null, header: null, intro: null, closing: null, footer: null },
  show: { paymentCode: true, paymentSlip: true, stub: true, senderLine: true },
} as const satisfies Omit<TemplateDesign, 'layout'>

const designs: Readonly<Record<DesignLayout, TemplateDesign>> = {
  plain: { ...base, layout: 'plain', blocks: [...base.blocks] },
  modern: {
    ...base,
    layout: 'modern',
    columns: columnsOf('description', 'hsn', 'quantity', 'price', 'tax', 'amount'),
    blocks: [...base.blocks],
    show: { ...base.show, stub: false, senderLine: false },
  },
  dense: {
    ...base,
    layout: 'dense',
    columns: columnsOf(
      'position',
      'code',
      'description',
      'hsn',
      'quantity',
      'unit',
      'price',
      'discount',
      'tax',
      'taxAmount',
      'amount',
    ),
    blocks: [...base.blocks],
    logo: { ...base.logo, size: 'small' },
    show: { ...base.show, stub: false, senderLine: false },
  },
  letter: {
    ...base,
    layout: 'letter',
    font: 'noto-serif',
    columns: columnsOf('description', 'hsn', 'quantity', 'price', 'tax', 'amount'),
    blocks: ['intro', 'lines', 'words', 'notes', 'payment', 'terms', 'legal', 'closing'],
    logo: { ...base.logo, position: 'center' },
    show: { ...base.show, stub: false },
  },
}

/** A finished template as it comes: the start of every own one, and what a reset goes back to. */
export const designOf = (layout: DesignLayout): TemplateDesign => designs[layout]

/** The design of documents whose business chose none. */
export const defaultDesign: TemplateDesign = designs.plain
