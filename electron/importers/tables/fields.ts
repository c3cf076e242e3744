import type { ImportEntity } from '../../../shared/contract/data-imports.ts'

export type FieldKind = 'text' | 'number' | 'date'

export type Field = {
  readonly key: string
  readonly label: string
  readonly required?: boolean
  readonly kind?: FieldKind
  readonly about?: string
  /** Column names that mean it, in plain lower-case words; the first ones win. */
  readonly names: string
}

const address = (prefix: string, label: string, before: string): Field[] => {
  const variants = (names: string) =>
    names
      .split('|')
      .flatMap((name) => before.split('|').map((word) => `${word} ${name}`.trim()))
      .join('|')
  return [
    {
      key: `${prefix}Line1`,
      label: `${label} line 1`,
      names: variants('address line 1|address 1|address line1|address|street|street 1|address1'),
    },
    {
      key: `${prefix}Line2`,
      label: `${label} line 2`,
      names: variants('address line 2|address 2|street 2|street2|apt suite|address2'),
    },
    { key: `${prefix}City`, label: `${label} city`, names: variants('city|town') },
    {
      key: `${prefix}Region`,
      label: `${label} region`,
      names: variants('state province|province state|state|region|county|province'),
    },
    {
      key: `${prefix}PostalCode`,
      label: `${label} postal code`,
      names: variants('postal code|postcode|zip|zip code|postal code zip code|code|pincode'),
    },
    { key: `${prefix}Country`, label: `${label} country`, names: variants('country') },
  ]
}

/** The key of the field that only a business of several branches is asked for. */
export const branchKey = 'branch'

const branchField: Field = {
  key: branchKey,
  label: 'Branch',
  about: 'Its code or its name.',
  names: 'branch|branch code|branch name|filiale|sucursal',
}

const clients: readonly Field[] = [
  {
    key: 'name',
    label: 'Name',
    required: true,
    about: 'Or company, or first and last name.',
    names:
      'client name|customer name|name|display name|organization|company name|company|customer|client|contact name|party|kunde|firma|nom|nombre',
  },
  { key: 'company', label: 'Company', names: 'company name|company|organisation' },
  { key: 'firstName', label: 'First name', names: 'first name|given name|vorname|prenom' },
  { key: 'lastName', label: 'Last name', names: 'last name|surname|family name|nachname' },
  {
    key: 'code',
    label: 'Client number',
    names: 'client number|customer number|customer no|code|reference|id number|account number|kundennummer',
  },
  { key: 'email', label: 'E-mail', names: 'email|e mail|email address|emailid|e mail adresse' },
  { key: 'phone', label: 'Phone', names: 'phone|telephone|phone number|mobile|telefon|tel' },
  { key: 'website', label: 'Website', names: 'website|web|url|homepage' },
  ...address('address', 'Address', '|billing|bill to'),
  ...address('delivery', 'Delivery', 'shipping|ship to|delivery'),
  {
    key: 'vatId',
    label: 'Tax number',
    names: 'vat number|vat id|vat|tax number|tax id|gstin|gstin no|abn|ust idnr|tva|nif',
  },
  { key: 'registration', label: 'Registration number', names: 'company number|registration number|id number' },
  { key: 'currency', label: 'Currency', names: 'currency|currency code|wahrung|devise' },
  {
    key: 'terms',
    label: 'Payment terms',
    about: 'Days, or words such as Net 30.',
    names: 'payment terms|terms|payment terms label',
  },
  { key: 'notes', label: 'Notes', names: 'notes|public notes|memo|comments|bemerkung' },
  { key: 'notes2', label: 'More notes', names: 'private notes' },
  { key: 'contactName', label: 'Contact', names: 'contact|contact person|attention|ansprechpartner' },
  { key: 'contactEmail', label: 'E-mail of the contact', names: 'contact email' },
  { key: 'contactPhone', label: 'Phone of the contact', names: 'contact phone' },
  { key: 'kind', label: 'Person or company', names: 'customer sub type|customer type' },
  { key: 'status', label: 'Status', names: 'status|enabled|active' },
]

const items: readonly Field[] = [
  {
    key: 'name',
    label: 'Name',
    required: true,
    names: 'item name|product name|name|product|item|title|artikel|bezeichnung|produit',
  },
  { key: 'code', label: 'Code', names: 'sku|code|item code|product code|number|artikelnummer|part number' },
  { key: 'description', label: 'Description', names: 'description|notes|item desc|beschreibung|details' },
  {
    key: 'price',
    label: 'Price',
    kind: 'number',
    names: 'price|rate|cost|unit price|sales price|unit cost|item price|preis|prix|selling price',
  },
  { key: 'unit', label: 'Unit', names: 'unit|unit type|usage unit|uom|einheit' },
  {
    key: 'taxRate',
    label: 'Tax rate',
    kind: 'number',
    names: 'tax rate|vat rate|tax percent|tax percentage|tax rate 1',
  },
  { key: 'taxName', label: 'Tax', names: 'tax|tax name|vat|tax name 1|sales tax' },
  { key: 'kind', label: 'Product or service', names: 'type|item type|product type|kind' },
  { key: 'status', label: 'Status', names: 'status|enabled|active' },
]

const invoices: readonly Field[] = [
  {
    key: 'number',
    label: 'Invoice number',
    required: true,
    about: 'Rows with the same number are one invoice.',
    names:
      'invoice number|invoice no|invoice|number|document number|doc number|rechnungsnummer|numero de facture|credit note number|credit number|credit memo number|invoice id',
  },
  {
    key: 'client',
    label: 'Client',
    required: true,
    names: 'client|customer|client name|customer name|contact name|contactname|party|kunde|name|bill to',
  },
  {
    key: 'date',
    label: 'Invoice date',
    required: true,
    kind: 'date',
    names:
      'invoice date|date|date issued|issue date|issued|document date|rechnungsdatum|datum|invoiced at|credit note date|credit date',
  },
  { key: 'dueDate', label: 'Due date', kind: 'date', names: 'due date|due|payment due|duedate|fallig am' },
  { key: 'currency', label: 'Currency', names: 'currency|currency code|customer currency|wahrung' },
  { key: 'exchangeRate', label: 'Exchange rate', kind: 'number', names: 'exchange rate|currency rate' },
  { key: 'reference', label: 'Reference', names: 'reference|po number|purchaseorder|purchase order|po' },
  branchField,
  { key: 'status', label: 'Status', names: 'status|invoice status|state|document status' },
  {
    key: 'type',
    label: 'Type',
    about: 'Credit notes are told apart by it, or by a total below zero.',
    names: 'type|document type|transaction type',
  },
  {
    key: 'credits',
    label: 'Invoice credited',
    about: 'The invoice that a credit note lowers.',
    names:
      'credited invoice|invoice credited|applied to invoice|associated invoice number|applied invoice number|original invoice|parent invoice',
  },
  {
    key: 'total',
    label: 'Total',
    kind: 'number',
    about: 'Compared with ours.',
    names: 'total|amount|invoice total|grand total|total amount|invoice amount|gesamtbetrag|brutto',
  },
  { key: 'paid', label: 'Paid', kind: 'number', names: 'paid|amount paid|paid amount|paid to date' },
  { key: 'balance', label: 'Balance', kind: 'number', names: 'balance|balance due|amount due|outstanding amount|open' },
  {
    key: 'paidOn',
    label: 'Paid on',
    kind: 'date',
    names: 'date paid|paid date|paid on|last payment date|payment date',
  },
  { key: 'notes', label: 'Notes', names: 'notes|public notes|memo|comment|message' },
  { key: 'terms', label: 'Terms', names: 'terms conditions|terms and conditions' },
  {
    key: 'clientEmail',
    label: 'E-mail of the client',
    names: 'email|emailaddress|email address|client email|customer email',
  },
  ...address('client', 'Client', '|billing|client|customer|po'),
  { key: 'clientVatId', label: 'Tax number of the client', names: 'vat number|tax number|gstin|vat id' },
  {
    key: 'itemName',
    label: 'Item',
    names: 'item name|item|item product|product|product service|item product service|description|line item',
  },
  {
    key: 'itemDescription',
    label: 'Description of the line',
    names: 'item description|item desc|item notes|description|line description|itemdescription',
  },
  { key: 'itemCode', label: 'Code of the item', names: 'item code|sku|inventory item code|product code' },
  { key: 'quantity', label: 'Quantity', kind: 'number', names: 'quantity|qty|item quantity|itemquantity|menge|hours' },
  { key: 'unit', label: 'Unit', names: 'unit|usage unit' },
  {
    key: 'price',
    label: 'Unit price',
    kind: 'number',
    names: 'unit price|price|rate|item price|item cost|unit amount|unitamount|itemrate|item rate|cost|einzelpreis',
  },
  {
    key: 'lineAmount',
    label: 'Amount of the line',
    kind: 'number',
    about: 'Before tax.',
    names: 'line amount|item total|line subtotal|itemamount|item amount|net amount|line total net',
  },
  {
    key: 'lineTotal',
    label: 'Total of the line',
    kind: 'number',
    about: 'With tax; their sum is compared with ours.',
    names: 'line total|line total with tax|gross amount',
  },
  {
    key: 'lineDiscountPercent',
    label: 'Discount of the line, %',
    kind: 'number',
    names: 'discount percentage|line discount|item discount',
  },
  { key: 'lineDiscountAmount', label: 'Discount of the line', kind: 'number', names: 'line discount amount' },
  {
    key: 'tax1Name',
    label: 'Tax',
    names: 'tax name|tax|tax 1 type|tax type|taxtype|item tax name|item tax code|vat|sales tax name|tax1',
  },
  {
    key: 'tax1Rate',
    label: 'Tax rate',
    kind: 'number',
    names: 'tax rate|item tax rate|vat rate|tax percentage|item tax|tax percent|tax rate 1',
  },
  {
    key: 'tax1Amount',
    label: 'Tax of the line',
    kind: 'number',
    names: 'tax amount|item tax amount|tax 1 amount|sales tax amount|vat amount',
  },
  { key: 'tax2Name', label: 'Second tax', names: 'tax 2 type|tax2|item tax name 2' },
  { key: 'tax2Rate', label: 'Second tax rate', kind: 'number', names: 'tax 2 rate|tax rate 2' },
  { key: 'tax2Amount', label: 'Second tax of the line', kind: 'number', names: 'tax 2 amount' },
  {
    key: 'discountPercent',
    label: 'Discount, %',
    kind: 'number',
    names: 'discount percent|entity discount percent|invoice discount percent',
  },
  {
    key: 'discountAmount',
    label: 'Discount',
    kind: 'number',
    names: 'discount amount|entity discount amount|invoice discount|discount',
  },
  { key: 'shipping', label: 'Shipping', kind: 'number', names: 'shipping|shipping charge|ship amount|delivery charge' },
  { key: 'adjustment', label: 'Adjustment', kind: 'number', names: 'adjustment|round off|rounding' },
]

const payments: readonly Field[] = [
  {
    key: 'client',
    label: 'Client',
    required: true,
    names: 'client|customer|client name|customer name|contact name|name|party|payer|kunde',
  },
  {
    key: 'amount',
    label: 'Amount',
    required: true,
    kind: 'number',
    names: 'amount|payment amount|paid|amount received|total|betrag',
  },
  {
    key: 'date',
    label: 'Date',
    required: true,
    kind: 'date',
    names: 'date|payment date|received on|date paid|paid on|datum',
  },
  {
    key: 'invoiceNumber',
    label: 'Invoice number',
    about: 'The invoice that it pays; else it stays as credit.',
    names: 'invoice number|invoice no|invoice|rechnungsnummer|applied to',
  },
  { key: 'method', label: 'Method', names: 'method|payment method|payment type|type|mode|payment mode' },
  {
    key: 'reference',
    label: 'Reference',
    names: 'reference|transaction reference|transaction id|reference number|payment number|cheque number',
  },
  branchField,
  { key: 'currency', label: 'Currency', names: 'currency|currency code' },
  { key: 'exchangeRate', label: 'Exchange rate', kind: 'number', names: 'exchange rate' },
  { key: 'clientEmail', label: 'E-mail of the client', names: 'email|client email|customer email' },
  { key: 'notes', label: 'Notes', names: 'notes|memo|private notes|description' },
]

const fields: Readonly<Record<ImportEntity, readonly Field[]>> = { clients, items, invoices, payments }

/** What a column can be for, by what the file holds. */
export const fieldsOf = (entity: ImportEntity): readonly Field[] => fields[entity]

/** A column name as plain words: `*InvoiceNumber`, `Invoice_Number` and `INVOICE NUMBER` are `invoice number`. */
export const plainName = (header: string): string =>
  header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim()
