const date = (value: string): string => `<udt:DateTimeString format="102">${value}</udt:DateTimeString>`
const vat = (category: string, rate: string): string =>
  `<ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>${category}</ram:CategoryCode><ram:RateApplicablePercent>${rate}</ram:RateApplicablePercent>`
const flag = (value: string): string =>
  `<ram:ChargeIndicator><udt:Indicator>${value}</udt:Indicator></ram:ChargeIndicator>`

/** The same invoice as `ublInvoice`, as a UN/CEFACT Cross Industry Invoice. */
export const ciiInvoice = `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:ExchangedDocumentContext>
    <ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
  </rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument>
    <ram:ID>HJ-2026-0107</ram:ID>
    <ram:TypeCode>380</ram:TypeCode>
    <ram:IssueDateTime>${date('20260302')}</ram:IssueDateTime>
    <ram:IncludedNote><ram:Content>Registered in Ghent</ram:Content><ram:SubjectCode>REG</ram:SubjectCode></ram:IncludedNote>
    <ram:IncludedNote><ram:Content><![CDATA[Thank you & see you soon]]></ram:Content></ram:IncludedNote>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID><ram:IncludedNote><ram:Content>As agreed</ram:Content></ram:IncludedNote></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct>
        <ram:GlobalID schemeID="0160">5412345000020</ram:GlobalID><ram:SellerAssignedID>FIT</ram:SellerAssignedID><ram:BuyerAssignedID>B-9</ram:BuyerAssignedID>
        <ram:Name>Fitting</ram:Name><ram:Description>On site</ram:Description>
        <ram:ApplicableProductCharacteristic><ram:Description>Wood</ram:Description><ram:Value>Oak</ram:Value></ram:ApplicableProductCharacteristic>
        <ram:DesignatedProductClassification><ram:ClassCode listID="STI">72154066</ram:ClassCode></ram:DesignatedProductClassification>
        <ram:OriginTradeCountry><ram:ID>BE</ram:ID></ram:OriginTradeCountry>
      </ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement>
        <ram:BuyerOrderReferencedDocument><ram:LineID>4</ram:LineID></ram:BuyerOrderReferencedDocument>
        <ram:GrossPriceProductTradePrice><ram:ChargeAmount>50.0500</ram:ChargeAmount></ram:GrossPriceProductTradePrice>
        <ram:NetPriceProductTradePrice><ram:ChargeAmount>50.0500</ram:ChargeAmount></ram:NetPriceProductTradePrice>
      </ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="HUR">2.0000</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement>
        <ram:ApplicableTradeTax>${vat('S', '25')}</ram:ApplicableTradeTax>
        <ram:BillingSpecifiedPeriod><ram:StartDateTime>${date('20260202')}</ram:StartDateTime><ram:EndDateTime>${date('20260203')}</ram:EndDateTime></ram:BillingSpecifiedPeriod>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>100.10</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
        <ram:AdditionalReferencedDocument><ram:IssuerAssignedID>OBJ-1</ram:IssuerAssignedID><ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>AAB</ram:ReferenceTypeCode></ram:AdditionalReferencedDocument>
        <ram:ReceivableSpecifiedTradeAccountingAccount><ram:ID>6100</ram:ID></ram:ReceivableSpecifiedTradeAccountingAccount>
      </ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>2</ram:LineID></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct><ram:Name>
        Shelf
      </ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement>
        <ram:GrossPriceProductTradePrice>
          <ram:ChargeAmount>21.005</ram:ChargeAmount>
          <ram:AppliedTradeAllowanceCharge>${flag('false')}<ram:ActualAmount>0.5</ram:ActualAmount></ram:AppliedTradeAllowanceCharge>
        </ram:GrossPriceProductTradePrice>
        <ram:NetPriceProductTradePrice><ram:ChargeAmount>20.505</ram:ChargeAmount></ram:NetPriceProductTradePrice>
      </ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">10</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement>
        <ram:ApplicableTradeTax>${vat('S', '25.00')}</ram:ApplicableTradeTax>
        <ram:SpecifiedTradeAllowanceCharge>${flag('false')}<ram:ActualAmount>5</ram:ActualAmount><ram:Reason>Scratch</ram:Reason></ram:SpecifiedTradeAllowanceCharge>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>200.05</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
      </ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>3</ram:LineID></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct><ram:SellerAssignedID/><ram:Name>Screws</ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement>
        <ram:NetPriceProductTradePrice><ram:ChargeAmount>33.33</ram:ChargeAmount><ram:BasisQuantity unitCode="C62">100.</ram:BasisQuantity></ram:NetPriceProductTradePrice>
      </ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">100</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement>
        <ram:ApplicableTradeTax>${vat('S', '12')}</ram:ApplicableTradeTax>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>33.33</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
      </ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>
    <ram:ApplicableHeaderTradeAgreement>
      <ram:BuyerReference>Ward 3</ram:BuyerReference>
      <ram:SellerTradeParty>
        <ram:ID>our-own-id</ram:ID><ram:GlobalID schemeID="0088">5412345000013</ram:GlobalID>
        <ram:Name>Harbour Joinery BV</ram:Name><ram:Description>RPR Gent</ram:Description>
        <ram:SpecifiedLegalOrganization><ram:ID schemeID="0208">0123456749</ram:ID><ram:TradingBusinessName>Harbour Joinery</ram:TradingBusinessName></ram:SpecifiedLegalOrganization>
        <ram:DefinedTradeContact>
          <ram:PersonName>Els Maes</ram:PersonName>
          <ram:TelephoneUniversalCommunication><ram:CompleteNumber>+32 9 000 00 00</ram:CompleteNumber></ram:TelephoneUniversalCommunication>
          <ram:EmailURIUniversalCommunication><ram:URIID>els@harbour.example</ram:URIID></ram:EmailURIUniversalCommunication>
        </ram:DefinedTradeContact>
        <ram:PostalTradeAddress>
          <ram:PostcodeCode>9000</ram:PostcodeCode><ram:LineOne>Dok Noord 7</ram:LineOne><ram:LineTwo>Unit 4</ram:LineTwo><ram:LineThree>Second floor</ram:LineThree>
          <ram:CityName>Gent</ram:CityName><ram:CountryID>BE</ram:CountryID><ram:CountrySubDivisionName>Oost-Vlaanderen</ram:CountrySubDivisionName>
        </ram:PostalTradeAddress>
        <ram:URIUniversalCommunication><ram:URIID schemeID="0208">0123456749</ram:URIID></ram:URIUniversalCommunication>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">12/345/678</ram:ID></ram:SpecifiedTaxRegistration>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">BE 0123456749</ram:ID></ram:SpecifiedTaxRegistration>
      </ram:SellerTradeParty>
      <ram:BuyerTradeParty>
        <ram:ID>K-1001</ram:ID><ram:Name>Northgate Clinic AB</ram:Name>
        <ram:PostalTradeAddress><ram:CityName>Malmö</ram:CityName><ram:CountryID>SE</ram:CountryID></ram:PostalTradeAddress>
      </ram:BuyerTradeParty>
      <ram:SellerOrderReferencedDocument><ram:IssuerAssignedID>SO-12</ram:IssuerAssignedID></ram:SellerOrderReferencedDocument>
      <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>PO-77</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
      <ram:ContractReferencedDocument><ram:IssuerAssignedID>C-2025-3</ram:IssuerAssignedID></ram:ContractReferencedDocument>
      <ram:AdditionalReferencedDocument><ram:IssuerAssignedID>timesheet</ram:IssuerAssignedID><ram:TypeCode>916</ram:TypeCode><ram:Name>Hours of February</ram:Name><ram:AttachmentBinaryObject mimeCode="text/csv" filename="hours.csv">QSxC</ram:AttachmentBinaryObject></ram:AdditionalReferencedDocument>
      <ram:AdditionalReferencedDocument><ram:IssuerAssignedID>TENDER-9</ram:IssuerAssignedID><ram:TypeCode>50</ram:TypeCode></ram:AdditionalReferencedDocument>
      <ram:AdditionalReferencedDocument><ram:IssuerAssignedID>KA-12-34</ram:IssuerAssignedID><ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>ABZ</ram:ReferenceTypeCode></ram:AdditionalReferencedDocument>
      <ram:SpecifiedProcuringProject><ram:ID>P-1</ram:ID><ram:Name>Project reference</ram:Name></ram:SpecifiedProcuringProject>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery>
      <ram:ShipToTradeParty>
        <ram:GlobalID schemeID="0088">7300010000001</ram:GlobalID><ram:Name>Clinic East</ram:Name>
        <ram:PostalTradeAddress><ram:CityName>Lund</ram:CityName><ram:CountryID>SE</ram:CountryID></ram:PostalTradeAddress>
      </ram:ShipToTradeParty>
      <ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime>${date('20260226')}</ram:OccurrenceDateTime></ram:ActualDeliverySupplyChainEvent>
      <ram:DespatchAdviceReferencedDocument><ram:IssuerAssignedID>DN-5</ram:IssuerAssignedID></ram:DespatchAdviceReferencedDocument>
      <ram:ReceivingAdviceReferencedDocument><ram:IssuerAssignedID>GR-6</ram:IssuerAssignedID></ram:ReceivingAdviceReferencedDocument>
    </ram:ApplicableHeaderTradeDelivery>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:CreditorReferenceID>BE69ZZZ050D000000008</ram:CreditorReferenceID>
      <ram:PaymentReference>RF18 5390</ram:PaymentReference>
      <ram:TaxCurrencyCode>SEK</ram:TaxCurrencyCode>
      <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:PayeeTradeParty><ram:Name>Factor NV</ram:Name></ram:PayeeTradeParty>
      <ram:SpecifiedTradeSettlementPaymentMeans>
        <ram:TypeCode>58</ram:TypeCode><ram:Information>SEPA transfer</ram:Information>
        <ram:PayerPartyDebtorFinancialAccount><ram:IBANID>SE00</ram:IBANID></ram:PayerPartyDebtorFinancialAccount>
        <ram:PayeePartyCreditorFinancialAccount><ram:IBANID>BE71096123456769</ram:IBANID><ram:AccountName>Harbour Joinery BV</ram:AccountName></ram:PayeePartyCreditorFinancialAccount>
        <ram:PayeeSpecifiedCreditorFinancialInstitution><ram:BICID>GKCCBEBB</ram:BICID></ram:PayeeSpecifiedCreditorFinancialInstitution>
      </ram:SpecifiedTradeSettlementPaymentMeans>
      <ram:ApplicableTradeTax>
        <ram:CalculatedAmount>72.54</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>290.15</ram:BasisAmount>
        <ram:CategoryCode>S</ram:CategoryCode><ram:TaxPointDate><udt:DateString format="102">20260227</udt:DateString></ram:TaxPointDate>
        <ram:RateApplicablePercent>25</ram:RateApplicablePercent>
      </ram:ApplicableTradeTax>
      <ram:ApplicableTradeTax>
        <ram:CalculatedAmount>4.60</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>38.33</ram:BasisAmount>
        <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>12</ram:RateApplicablePercent>
      </ram:ApplicableTradeTax>
      <ram:BillingSpecifiedPeriod><ram:StartDateTime>${date('20260201')}</ram:StartDateTime><ram:EndDateTime>${date('20260228')}</ram:EndDateTime></ram:BillingSpecifiedPeriod>
      <ram:SpecifiedTradeAllowanceCharge>
        ${flag('false')}<ram:ActualAmount>10</ram:ActualAmount><ram:ReasonCode>95</ram:ReasonCode><ram:Reason>Loyalty</ram:Reason>
        <ram:CategoryTradeTax>${vat('S', '25')}</ram:CategoryTradeTax>
      </ram:SpecifiedTradeAllowanceCharge>
      <ram:SpecifiedTradeAllowanceCharge>
        ${flag('true')}<ram:CalculationPercent>5.00</ram:CalculationPercent><ram:BasisAmount>100</ram:BasisAmount>
        <ram:ActualAmount>5</ram:ActualAmount><ram:Reason>Freight</ram:Reason>
        <ram:CategoryTradeTax>${vat('S', '12')}</ram:CategoryTradeTax>
      </ram:SpecifiedTradeAllowanceCharge>
      <ram:SpecifiedTradePaymentTerms>
        <ram:Description>30 days net</ram:Description><ram:DueDateDateTime>${date('20260401')}</ram:DueDateDateTime>
        <ram:DirectDebitMandateID>M-5</ram:DirectDebitMandateID>
      </ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:LineTotalAmount>333.48</ram:LineTotalAmount>
        <ram:ChargeTotalAmount>5.00</ram:ChargeTotalAmount>
        <ram:AllowanceTotalAmount>10.00</ram:AllowanceTotalAmount>
        <ram:TaxBasisTotalAmount>328.48</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="EUR">77.14</ram:TaxTotalAmount>
        <ram:TaxTotalAmount currencyID="SEK">848.54</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>405.62</ram:GrandTotalAmount>
        <ram:TotalPrepaidAmount>100.00</ram:TotalPrepaidAmount>
        <ram:DuePayableAmount>305.62</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
      <ram:InvoiceReferencedDocument>
        <ram:IssuerAssignedID>HJ-2026-0090</ram:IssuerAssignedID>
        <ram:FormattedIssueDateTime><qdt:DateTimeString format="102">20260115</qdt:DateTimeString></ram:FormattedIssueDateTime>
      </ram:InvoiceReferencedDocument>
      <ram:ReceivableSpecifiedTradeAccountingAccount><ram:ID>4711</ram:ID></ram:ReceivableSpecifiedTradeAccountingAccount>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
`
