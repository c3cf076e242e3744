/** The words of the paper in one language. `{...}` are filled in by the template. */
export type Labels = {
  readonly invoice: string
  readonly creditNote: string
  readonly quote: string
  readonly number: string
  readonly date: string
  readonly due: string
  readonly validUntil: string
  readonly reference: string
  readonly supply: string
  readonly currency: string
  readonly deliverTo: string
  readonly position: string
  readonly description: string
  readonly quantity: string
  readonly price: string
  readonly priceWithTax: string
  readonly tax: string
  readonly amount: string
  readonly subtotal: string
  readonly net: string
  /** `{tax}`: the tax and its rate, `{base}`: what it is charged on. */
  readonly taxOn: string
  readonly total: string
  readonly prepaid: string
  readonly rounding: string
  readonly payable: string
  readonly creditTotal: string
  readonly quoteTotal: string
  readonly carriedForward: string
  readonly broughtForward: string
  /** `{page}` of `{pages}`. */
  readonly page: string
  readonly draft: string
  readonly void: string
  readonly stub: string
}

const en: Labels = {
  invoice: 'Invoice',
  creditNote: 'Credit note',
  quote: 'Quote',
  number: 'Number',
  date: 'Date',
  due: 'Due',
  validUntil: 'Valid until',
  reference: 'Reference',
  supply: 'Supply',
  currency: 'Currency',
  deliverTo: 'Deliver to',
  position: 'No.',
  description: 'Description',
  quantity: 'Quantity',
  price: 'Price',
  priceWithTax: 'Price incl. tax',
  tax: 'Tax',
  amount: 'Amount',
  subtotal: 'Sum of lines',
  net: 'Net total',
  taxOn: '{tax} on {base}',
  total: 'Total',
  prepaid: 'Already paid',
  rounding: 'Rounding',
  payable: 'Amount due',
  creditTotal: 'Credit total',
  quoteTotal: 'Quote total',
  carriedForward: 'Carried forward',
  broughtForward: 'Brought forward',
  page: 'Page {page} of {pages}',
  draft: 'DRAFT',
  void: 'VOID',
  stub: 'Please return this part or quote the number with your payment',
}

const de: Labels = {
  invoice: 'Rechnung',
  creditNote: 'Gutschrift',
  quote: 'Angebot',
  number: 'Nummer',
  date: 'Datum',
  due: 'Fällig am',
  validUntil: 'Gültig bis',
  reference: 'Ihr Zeichen',
  supply: 'Leistung',
  currency: 'Währung',
  deliverTo: 'Lieferanschrift',
  position: 'Pos.',
  description: 'Beschreibung',
  quantity: 'Menge',
  price: 'Preis',
  priceWithTax: 'Bruttopreis',
  tax: 'Steuer',
  amount: 'Betrag',
  subtotal: 'Summe der Positionen',
  net: 'Nettobetrag',
  taxOn: '{tax} auf {base}',
  total: 'Gesamtbetrag',
  prepaid: 'Bereits bezahlt',
  rounding: 'Rundung',
  payable: 'Zahlbetrag',
  creditTotal: 'Gutschriftsbetrag',
  quoteTotal: 'Angebotssumme',
  carriedForward: 'Zwischensumme',
  broughtForward: 'Übertrag',
  page: 'Seite {page} von {pages}',
  draft: 'ENTWURF',
  void: 'STORNIERT',
  stub: 'Bitte geben Sie bei der Zahlung die Nummer an',
}

const fr: Labels = {
  invoice: 'Facture',
  creditNote: 'Avoir',
  quote: 'Devis',
  number: 'Numéro',
  date: 'Date',
  due: 'Échéance',
  validUntil: 'Valable jusqu’au',
  reference: 'Référence',
  supply: 'Prestation',
  currency: 'Devise',
  deliverTo: 'Adresse de livraison',
  position: 'N°',
  description: 'Désignation',
  quantity: 'Quantité',
  price: 'Prix unitaire',
  priceWithTax: 'Prix TTC',
  tax: 'Taxe',
  amount: 'Montant',
  subtotal: 'Total des lignes',
  net: 'Total HT',
  taxOn: '{tax} sur {base}',
  total: 'Total TTC',
  prepaid: 'Déjà réglé',
  rounding: 'Arrondi',
  payable: 'Net à payer',
  creditTotal: 'Total de l’avoir',
  quoteTotal: 'Total du devis',
  carriedForward: 'À reporter',
  broughtForward: 'Report',
  page: 'Page {page} sur {pages}',
  draft: 'BROUILLON',
  void: 'ANNULÉ',
  stub: 'Merci de rappeler ce numéro avec votre règlement',
}

const es: Labels = {
  invoice: 'Factura',
  creditNote: 'Factura rectificativa',
  quote: 'Presupuesto',
  number: 'Número',
  date: 'Fecha',
  due: 'Vencimiento',
  validUntil: 'Válido hasta',
  reference: 'Referencia',
  supply: 'Prestación',
  currency: 'Moneda',
  deliverTo: 'Dirección de entrega',
  position: 'N.º',
  description: 'Descripción',
  quantity: 'Cantidad',
  price: 'Precio',
  priceWithTax: 'Precio con imp.',
  tax: 'Impuesto',
  amount: 'Importe',
  subtotal: 'Suma de líneas',
  net: 'Base imponible',
  taxOn: '{tax} sobre {base}',
  total: 'Total',
  prepaid: 'Ya pagado',
  rounding: 'Redondeo',
  payable: 'Total a pagar',
  creditTotal: 'Total rectificado',
  quoteTotal: 'Total del presupuesto',
  carriedForward: 'Suma y sigue',
  broughtForward: 'Suma anterior',
  page: 'Página {page} de {pages}',
  draft: 'BORRADOR',
  void: 'ANULADA',
  stub: 'Indique este número al efectuar el pago',
}

const pt: Labels = {
  invoice: 'Fatura',
  creditNote: 'Nota de crédito',
  quote: 'Orçamento',
  number: 'Número',
  date: 'Data',
  due: 'Vencimento',
  validUntil: 'Válido até',
  reference: 'Referência',
  supply: 'Prestação',
  currency: 'Moeda',
  deliverTo: 'Morada de entrega',
  position: 'N.º',
  description: 'Descrição',
  quantity: 'Quantidade',
  price: 'Preço',
  priceWithTax: 'Preço c/ imp.',
  tax: 'Imposto',
  amount: 'Valor',
  subtotal: 'Soma das linhas',
  net: 'Total sem imposto',
  taxOn: '{tax} sobre {base}',
  total: 'Total',
  prepaid: 'Já pago',
  rounding: 'Arredondamento',
  payable: 'Total a pagar',
  creditTotal: 'Total do crédito',
  quoteTotal: 'Total do orçamento',
  carriedForward: 'A transportar',
  broughtForward: 'Transporte',
  page: 'Página {page} de {pages}',
  draft: 'RASCUNHO',
  void: 'ANULADA',
  stub: 'Indique este número no pagamento',
}

const it: Labels = {
  invoice: 'Fattura',
  creditNote: 'Nota di credito',
  quote: 'Preventivo',
  number: 'Numero',
  date: 'Data',
  due: 'Scadenza',
  validUntil: 'Valido fino al',
  reference: 'Riferimento',
  supply: 'Prestazione',
  currency: 'Valuta',
  deliverTo: 'Indirizzo di consegna',
  position: 'N.',
  description: 'Descrizione',
  quantity: 'Quantità',
  price: 'Prezzo',
  priceWithTax: 'Prezzo IVA incl.',
  tax: 'Imposta',
  amount: 'Importo',
  subtotal: 'Totale righe',
  net: 'Imponibile',
  taxOn: '{tax} su {base}',
  total: 'Totale',
  prepaid: 'Già pagato',
  rounding: 'Arrotondamento',
  payable: 'Totale da pagare',
  creditTotal: 'Totale a credito',
  quoteTotal: 'Totale preventivo',
  carriedForward: 'A riportare',
  broughtForward: 'Riporto',
  page: 'Pagina {page} di {pages}',
  draft: 'BOZZA',
  void: 'ANNULLATA',
  stub: 'Si prega di indicare questo numero nel pagamento',
}

const nl: Labels = {
  invoice: 'Factuur',
  creditNote: 'Creditnota',
  quote: 'Offerte',
  number: 'Nummer',
  date: 'Datum',
  due: 'Vervaldatum',
  validUntil: 'Geldig tot',
  reference: 'Uw kenmerk',
  supply: 'Levering',
  currency: 'Valuta',
  deliverTo: 'Afleveradres',
  position: 'Nr.',
  description: 'Omschrijving',
  quantity: 'Aantal',
  price: 'Prijs',
  priceWithTax: 'Prijs incl. btw',
  tax: 'Btw',
  amount: 'Bedrag',
  subtotal: 'Som van de regels',
  net: 'Totaal excl. btw',
  taxOn: '{tax} over {base}',
  total: 'Totaal',
  prepaid: 'Reeds betaald',
  rounding: 'Afronding',
  payable: 'Te betalen',
  creditTotal: 'Totaal credit',
  quoteTotal: 'Totaal offerte',
  carriedForward: 'Transporteren',
  broughtForward: 'Transport',
  page: 'Pagina {page} van {pages}',
  draft: 'CONCEPT',
  void: 'VERVALLEN',
  stub: 'Vermeld dit nummer bij uw betaling',
}

const byLanguage: Readonly<Record<string, Labels>> = { en, de, fr, es, pt, it, nl }

/** Languages that have their own labels, as BCP 47 primary subtags. */
export const labelLanguages: readonly string[] = Object.keys(byLanguage)

/** The labels of a BCP 47 language, by its first part (`de-AT` is `de`); English where there are none. */
export const labelsFor = (language: string): Labels => byLanguage[language.toLowerCase().split('-')[0] ?? ''] ?? en
