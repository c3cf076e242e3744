/** One invoice in both syntaxes, and a credit note: written for these tests, with the worked example of EN 16931. */
const ublNamespaces = `xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"`

const ublVat = (category: string, rate: string): string =>
  `<cbc:ID>${category}</cbc:ID><cbc:Percent>${rate}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>`

export const ublInvoice = `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  ${ublNamespaces}>
  <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
  <cbc:ID>HJ-2026-0107</cbc:ID>
  <cbc:IssueDate>2026-03-02</cbc:IssueDate>
  <cbc:DueDate>2026-04-01</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:Note>#REG#Registered in Ghent</cbc:Note>
  <cbc:Note>Thank you &amp; see you soon</cbc:Note>
  <cbc:TaxPointDate>2026-02-27</cbc:TaxPointDate>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>
  <cbc:AccountingCost>4711</cbc:AccountingCost>
  <cbc:BuyerReference>Ward 3</cbc:BuyerReference>
  <cac:InvoicePeriod>
    <cbc:StartDate>2026-02-01</cbc:StartDate>
    <cbc:EndDate>2026-02-28</cbc:EndDate>
  </cac:InvoicePeriod>
  <cac:OrderReference><cbc:ID>PO-77</cbc:ID><cbc:SalesOrderID>SO-12</cbc:SalesOrderID></cac:OrderReference>
  <cac:BillingReference>
    <cac:InvoiceDocumentReference><cbc:ID>HJ-2026-0090</cbc:ID><cbc:IssueDate>2026-01-15</cbc:IssueDate></cac:InvoiceDocumentReference>
  </cac:BillingReference>
  <cac:DespatchDocumentReference><cbc:ID>DN-5</cbc:ID></cac:DespatchDocumentReference>
  <cac:ReceiptDocumentReference><cbc:ID>GR-6</cbc:ID></cac:ReceiptDocumentReference>
  <cac:OriginatorDocumentReference><cbc:ID>TENDER-9</cbc:ID></cac:OriginatorDocumentReference>
  <cac:ContractDocumentReference><cbc:ID>C-2025-3</cbc:ID></cac:ContractDocumentReference>
  <cac:AdditionalDocumentReference><cbc:ID schemeID="ABZ">KA-12-34</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>
  <cac:AdditionalDocumentReference>
    <cbc:ID>timesheet</cbc:ID><cbc:DocumentDescription>Hours of February</cbc:DocumentDescription>
    <cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/csv" filename="hours.csv">QSxC</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>
  </cac:AdditionalDocumentReference>
  <cac:ProjectReference><cbc:ID>P-1</cbc:ID></cac:ProjectReference>
  <cac:AccountingSupplierParty>
    <cac:Party>
      <cbc:EndpointID schemeID="0208">0123456749</cbc:EndpointID>
      <cac:PartyIdentification><cbc:ID schemeID="0088">5412345000013</cbc:ID></cac:PartyIdentification>
      <cac:PartyIdentification><cbc:ID schemeID="SEPA">BE69ZZZ050D000000008</cbc:ID></cac:PartyIdentification>
      <cac:PartyName><cbc:Name>Harbour Joinery</cbc:Name></cac:PartyName>
      <cac:PostalAddress>
        <cbc:StreetName>Dok Noord 7</cbc:StreetName><cbc:AdditionalStreetName>Unit 4</cbc:AdditionalStreetName>
        <cbc:CityName>Gent</cbc:CityName><cbc:PostalZone>9000</cbc:PostalZone><cbc:CountrySubentity>Oost-Vlaanderen</cbc:CountrySubentity>
        <cac:AddressLine><cbc:Line>Second floor</cbc:Line></cac:AddressLine>
        <cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country>
      </cac:PostalAddress>
      <cac:PartyTaxScheme><cbc:CompanyID>BE0123456749</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
      <cac:PartyTaxScheme><cbc:CompanyID>12/345/678</cbc:CompanyID><cac:TaxScheme><cbc:ID>FC</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
      <cac:PartyLegalEntity>
        <cbc:RegistrationName>Harbour Joinery BV</cbc:RegistrationName><cbc:CompanyID schemeID="0208">0123456749</cbc:CompanyID>
        <cbc:CompanyLegalForm>RPR Gent</cbc:CompanyLegalForm>
      </cac:PartyLegalEntity>
      <cac:Contact><cbc:Name>Els Maes</cbc:Name><cbc:Telephone>+32 9 000 00 00</cbc:Telephone><cbc:ElectronicMail>els@harbour.example</cbc:ElectronicMail></cac:Contact>
    </cac:Party>
  </cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>
    <cac:Party>
      <cac:PartyIdentification><cbc:ID>K-1001</cbc:ID></cac:PartyIdentification>
      <cac:PostalAddress><cbc:CityName>Malmö</cbc:CityName><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
      <cac:PartyLegalEntity><cbc:RegistrationName>Northgate Clinic AB</cbc:RegistrationName></cac:PartyLegalEntity>
    </cac:Party>
  </cac:AccountingCustomerParty>
  <cac:PayeeParty><cac:PartyName><cbc:Name>Factor NV</cbc:Name></cac:PartyName></cac:PayeeParty>
  <cac:Delivery>
    <cbc:ActualDeliveryDate>2026-02-26</cbc:ActualDeliveryDate>
    <cac:DeliveryLocation>
      <cbc:ID schemeID="0088">7300010000001</cbc:ID>
      <cac:Address><cbc:CityName>Lund</cbc:CityName><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country></cac:Address>
    </cac:DeliveryLocation>
    <cac:DeliveryParty><cac:PartyName><cbc:Name>Clinic East</cbc:Name></cac:PartyName></cac:DeliveryParty>
  </cac:Delivery>
  <cac:PaymentMeans>
    <cbc:PaymentMeansCode name="SEPA transfer">58</cbc:PaymentMeansCode><cbc:PaymentID>RF18 5390</cbc:PaymentID>
    <cac:PayeeFinancialAccount>
      <cbc:ID>BE71 0961 2345 6769</cbc:ID><cbc:Name>Harbour Joinery BV</cbc:Name>
      <cac:FinancialInstitutionBranch><cbc:ID>GKCCBEBB</cbc:ID></cac:FinancialInstitutionBranch>
    </cac:PayeeFinancialAccount>
    <cac:PaymentMandate><cbc:ID>M-5</cbc:ID><cac:PayerFinancialAccount><cbc:ID>SE00</cbc:ID></cac:PayerFinancialAccount></cac:PaymentMandate>
  </cac:PaymentMeans>
  <cac:PaymentTerms><cbc:Note>30 days net</cbc:Note></cac:PaymentTerms>
  <cac:AllowanceCharge>
    <cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:AllowanceChargeReasonCode>95</cbc:AllowanceChargeReasonCode>
    <cbc:AllowanceChargeReason>Loyalty</cbc:AllowanceChargeReason><cbc:Amount currencyID="EUR">10.00</cbc:Amount>
    <cac:TaxCategory>${ublVat('S', '25')}</cac:TaxCategory>
  </cac:AllowanceCharge>
  <cac:AllowanceCharge>
    <cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Freight</cbc:AllowanceChargeReason>
    <cbc:MultiplierFactorNumeric>5</cbc:MultiplierFactorNumeric>
    <cbc:Amount currencyID="EUR">5.00</cbc:Amount><cbc:BaseAmount currencyID="EUR">100.00</cbc:BaseAmount>
    <cac:TaxCategory>${ublVat('S', '12')}</cac:TaxCategory>
  </cac:AllowanceCharge>
  <cac:TaxTotal>
    <cbc:TaxAmount currencyID="EUR">77.14</cbc:TaxAmount>
    <cac:TaxSubtotal>
      <cbc:TaxableAmount currencyID="EUR">290.15</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">72.54</cbc:TaxAmount>
      <cac:TaxCategory>${ublVat('S', '25')}</cac:TaxCategory>
    </cac:TaxSubtotal>
    <cac:TaxSubtotal>
      <cbc:TaxableAmount currencyID="EUR">38.33</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">4.60</cbc:TaxAmount>
      <cac:TaxCategory>${ublVat('S', '12')}</cac:TaxCategory>
    </cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:TaxTotal><cbc:TaxAmount currencyID="SEK">848.54</cbc:TaxAmount></cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="EUR">333.48</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="EUR">328.48</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">405.62</cbc:TaxInclusiveAmount>
    <cbc:AllowanceTotalAmount currencyID="EUR">10.00</cbc:AllowanceTotalAmount>
    <cbc:ChargeTotalAmount currencyID="EUR">5.00</cbc:ChargeTotalAmount>
    <cbc:PrepaidAmount currencyID="EUR">100.00</cbc:PrepaidAmount>
    <cbc:PayableAmount currencyID="EUR">305.62</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
  <cac:InvoiceLine>
    <cbc:ID>1</cbc:ID><cbc:Note>As agreed</cbc:Note>
    <cbc:InvoicedQuantity unitCode="HUR">2</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">100.10</cbc:LineExtensionAmount>
    <cbc:AccountingCost>6100</cbc:AccountingCost>
    <cac:InvoicePeriod><cbc:StartDate>2026-02-02</cbc:StartDate><cbc:EndDate>2026-02-03</cbc:EndDate></cac:InvoicePeriod>
    <cac:OrderLineReference><cbc:LineID>4</cbc:LineID></cac:OrderLineReference>
    <cac:DocumentReference><cbc:ID schemeID="AAB">OBJ-1</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:DocumentReference>
    <cac:Item>
      <cbc:Description>On site</cbc:Description><cbc:Name>Fitting</cbc:Name>
      <cac:BuyersItemIdentification><cbc:ID>B-9</cbc:ID></cac:BuyersItemIdentification>
      <cac:SellersItemIdentification><cbc:ID>FIT</cbc:ID></cac:SellersItemIdentification>
      <cac:StandardItemIdentification><cbc:ID schemeID="0160">5412345000020</cbc:ID></cac:StandardItemIdentification>
      <cac:OriginCountry><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:OriginCountry>
      <cac:CommodityClassification><cbc:ItemClassificationCode listID="STI">72154066</cbc:ItemClassificationCode></cac:CommodityClassification>
      <cac:ClassifiedTaxCategory>${ublVat('S', '25.00')}</cac:ClassifiedTaxCategory>
      <cac:AdditionalItemProperty><cbc:Name>Wood</cbc:Name><cbc:Value>Oak</cbc:Value></cac:AdditionalItemProperty>
    </cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">50.05</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
  <cac:InvoiceLine>
    <cbc:ID>2</cbc:ID>
    <cbc:InvoicedQuantity unitCode="C62">10</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">200.05</cbc:LineExtensionAmount>
    <cac:AllowanceCharge>
      <cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Scratch</cbc:AllowanceChargeReason>
      <cbc:Amount currencyID="EUR">5.00</cbc:Amount>
    </cac:AllowanceCharge>
    <cac:Item><cbc:Name>Shelf</cbc:Name><cac:ClassifiedTaxCategory>${ublVat('S', '25')}</cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price>
      <cbc:PriceAmount currencyID="EUR">20.505</cbc:PriceAmount>
      <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">0.50</cbc:Amount><cbc:BaseAmount currencyID="EUR">21.005</cbc:BaseAmount></cac:AllowanceCharge>
    </cac:Price>
  </cac:InvoiceLine>
  <cac:InvoiceLine>
    <cbc:ID>3</cbc:ID>
    <cbc:InvoicedQuantity unitCode="C62">100</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">33.33</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>Screws</cbc:Name><cac:ClassifiedTaxCategory>${ublVat('S', '12')}</cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">33.33</cbc:PriceAmount><cbc:BaseQuantity unitCode="C62">100</cbc:BaseQuantity></cac:Price>
  </cac:InvoiceLine>
</Invoice>
`

export const ublCreditNote = `<?xml version="1.0" encoding="UTF-8"?>
<u:CreditNote xmlns:u="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
  ${ublNamespaces}>
  <cbc:ID>CN-8</cbc:ID>
  <cbc:IssueDate>2026-03-05Z</cbc:IssueDate>
  <cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>HJ-2026-0107</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>
  <cac:AdditionalDocumentReference><cbc:ID>P-2</cbc:ID><cbc:DocumentTypeCode>50</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>
  <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Harbour Joinery BV</cbc:Name></cac:PartyName></cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PartyLegalEntity><cbc:RegistrationName>Northgate Clinic AB</cbc:RegistrationName></cac:PartyLegalEntity>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentDueDate>2026-03-19</cbc:PaymentDueDate></cac:PaymentMeans>
  <cac:TaxTotal>
    <cbc:TaxAmount currencyID="EUR">0</cbc:TaxAmount>
    <cac:TaxSubtotal>
      <cbc:TaxableAmount currencyID="EUR">40.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">0.00</cbc:TaxAmount>
      <cac:TaxCategory>
        <cbc:ID>K</cbc:ID><cbc:Percent>0</cbc:Percent><cbc:TaxExemptionReasonCode>VATEX-EU-IC</cbc:TaxExemptionReasonCode>
        <cbc:TaxExemptionReason>Intra-community supply</cbc:TaxExemptionReason><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
      </cac:TaxCategory>
    </cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="EUR">40.00</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="EUR">40.00</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">40.00</cbc:TaxInclusiveAmount>
    <cbc:PayableRoundingAmount currencyID="EUR">-0.00</cbc:PayableRoundingAmount>
    <cbc:PayableAmount currencyID="EUR">40.00</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
  <cac:CreditNoteLine>
    <cbc:ID>1</cbc:ID>
    <cbc:CreditedQuantity unitCode="C62">2</cbc:CreditedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">40.00</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>Shelf</cbc:Name><cac:ClassifiedTaxCategory>${ublVat('K', '0')}</cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">20</cbc:PriceAmount></cac:Price>
  </cac:CreditNoteLine>
</u:CreditNote>
`

/** Replaces the one place where a text stands; throws where it stands nowhere or twice, so that no test tests nothing. */
export function swap(xml: string, from: string, to: string): string {
  const parts = xml.split(from)
  if (parts.length !== 2) throw new Error(`"${from}" stands ${parts.length - 1} times in the sample, not once`)
  return parts.join(to)
}

/** The line, counted from 1, in which a text first stands. */
export function lineOf(xml: string, text: string): number {
  const at = xml.indexOf(text)
  if (at === -1) throw new Error(`"${text}" is not in the sample`)
  return xml.slice(0, at).split('\n').length
}
