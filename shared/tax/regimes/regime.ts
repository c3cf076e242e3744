import type { LineTax, TaxTreatment } from '../../contract/documents.ts'
import type { TaxCategory } from '../../documents/model.ts'
import type { Amount, Percent } from '../../money/scaled.ts'

/** A percentage with the days it is in force; `until` is the first day that it is not. */
export type DatedRate = {
  readonly name: string
  readonly category: TaxCategory
  readonly rateE6: Percent
  readonly from: string
  readonly until: string | null
}

/** A state, province or country that a supply can be taxed in. */
export type Place = { readonly code: string; readonly name: string }

/** Seller or buyer as far as tax asks. */
export type TaxParty = {
  /** ISO 3166 alpha-2; null where the address says none. */
  readonly country: string | null
  /** State or province as the address has it: a code or a name. */
  readonly region: string | null
  readonly taxIds: readonly { readonly label: string; readonly value: string }[]
}

export const taxSchemes = ['standard', 'flat-rate', 'cash', 'composition', 'small-business'] as const
export type TaxScheme = (typeof taxSchemes)[number]

/** How the seller is registered at the tax point; see `tax_registrations`. */
export type RegimeSettings = {
  readonly scheme: TaxScheme
  /** The flat rate, or the composition rate. */
  readonly flatPercentE6: Percent | null
  /** EU: sells to consumers under the one-stop shop. */
  readonly usesOss: boolean
  /** India: the letter of undertaking under which exports go out without tax. */
  readonly lutNumber: string | null
  /** India: turnover of all registrations of the PAN above 5 crore, which asks for longer HSN codes. */
  readonly isLarge: boolean
}

/** Rates in force that a regime has no table of itself: standard VAT by country, for the one-stop shop. */
export type TaxTables = { readonly standardRates: readonly (DatedRate & { readonly country: string })[] }

/** What is known of a sale before its taxes are. */
export type SaleFacts = {
  readonly seller: TaxParty
  readonly settings: RegimeSettings
  /** null while no client is chosen. */
  readonly buyer: TaxParty | null
  /** Where goods go, if not to the buyer's address. */
  readonly deliverTo: Pick<TaxParty, 'country' | 'region'> | null
  readonly kind: 'goods' | 'services'
}

export type LineFacts = SaleFacts & {
  readonly treatment: TaxTreatment
  readonly placeOfSupply: string | null
  /** The day that decides which rate is in force. */
  readonly taxPoint: string
  /** The rate of the item, or the default; null where nothing is charged. */
  readonly rate: LineTax | null
  /** The business's own rates that belong to a place, in their order: authorities that tax there together. */
  readonly placeRates: readonly LineTax[]
  readonly tables: TaxTables
}

/** The taxes that a regime puts on a line, with what a person has to know about them. */
export type Proposal = { readonly taxes: readonly LineTax[]; readonly warnings: readonly string[] }

export type DocumentWording = {
  /** What the paper is called under the regime; null keeps its usual name. */
  readonly title: 'tax-invoice' | 'bill-of-supply' | null
  /** Printed as yes or no where the regime asks for it. */
  readonly reverseCharge: boolean | null
  /** Sentences that the law asks for. */
  readonly texts: readonly string[]
}

/** Why no tax is charged: the code of the VATEX list and the words. */
export type ExemptionReason = { readonly category: TaxCategory; readonly code: string; readonly text: string }

/** One row of what the books say about taxes in a period, in base currency; credit notes count positive. */
export type TaxFigure = {
  /** Names the row, for the documents behind it. */
  readonly key: string
  readonly kind: 'invoice' | 'credit-note'
  readonly name: string
  readonly category: TaxCategory
  readonly rateE6: Percent
  readonly treatment: TaxTreatment
  readonly place: string | null
  /** Whether the buyer has a tax number on the document. */
  readonly buyer: 'business' | 'consumer'
  /** Of invoices to consumers above the value in force; see `Regime.largeInvoices`. */
  readonly isLarge: boolean
  readonly taxableE4: Amount
  readonly taxE4: Amount
}

export type ReturnCell = {
  readonly amountE4: Amount
  /** Keys of the figures in it; empty for a sum of other cells. */
  readonly sources: readonly string[]
  /** A person types it: the books do not know it (purchases). */
  readonly isTyped: boolean
  /** Shown and filed without decimals. */
  readonly isWhole?: boolean
}

export type ReturnRow = {
  readonly id: string
  readonly label: string
  readonly cells: Readonly<Record<string, ReturnCell>>
}

export type ReturnTable = {
  readonly id: string
  readonly title: string
  readonly columns: readonly { readonly id: string; readonly label: string }[]
  readonly rows: readonly ReturnRow[]
  readonly notes: readonly string[]
}

export type ReturnInput = {
  readonly figures: readonly TaxFigure[]
  readonly settings: RegimeSettings
  /** What a person typed, by `row.column`. */
  readonly typed: Readonly<Record<string, Amount>>
}

export type ReturnDefinition = {
  readonly id: string
  readonly name: string
  readonly build: (input: ReturnInput) => readonly ReturnTable[]
}

export type FilingFrequency = 'monthly' | 'quarterly' | 'half-yearly' | 'yearly'

/** The value in base currency above which an invoice counts as large; `until` is the first day that it does not hold. */
export type LargeInvoice = { readonly aboveE4: Amount; readonly from: string; readonly until: string | null }

/** A tax system as data and pure functions. A new one is a file in this folder and a line in `index.ts`. */
export type Regime = {
  readonly id: string
  readonly name: string
  /** Countries whose businesses it is offered to first; empty for any. */
  readonly countries: readonly string[]
  /** Schemes of `shared/tax/ids` that its registration number is checked with, by country. */
  readonly idScheme: (country: string) => string | null
  readonly schemes: readonly TaxScheme[]
  readonly treatments: readonly { readonly id: TaxTreatment; readonly label: string }[]
  /** Places of supply that a document can name; empty where the regime does not ask. */
  readonly places: (country: string) => readonly Place[]
  readonly suggestTreatment: (facts: SaleFacts) => TaxTreatment
  readonly suggestPlace: (facts: SaleFacts & { readonly treatment: TaxTreatment }) => string | null
  readonly proposeTaxes: (facts: LineFacts) => Proposal
  readonly wording: (
    facts: SaleFacts & { readonly treatment: TaxTreatment; readonly placeOfSupply: string | null },
  ) => DocumentWording
  readonly reasons: readonly ExemptionReason[]
  /** Rates by law, for setting a business up and for saying what changed. */
  readonly statutoryRates: readonly DatedRate[]
  /** The total may be rounded to this step on a line of its own; null where it is not usual. */
  readonly roundOffStepE4: Amount | null
  /** Digits that a code of goods or services needs on a document; null where none is asked for. */
  readonly classificationDigits: (facts: {
    readonly isLarge: boolean
    readonly treatment: TaxTreatment
    readonly buyer: 'business' | 'consumer'
  }) => number | null
  readonly returns: readonly ReturnDefinition[]
  /** Where returns ask for large invoices to consumers apart; empty where they do not. */
  readonly largeInvoices: readonly LargeInvoice[]
  readonly fiscalYearStart: string
  readonly frequencies: readonly FilingFrequency[]
}
