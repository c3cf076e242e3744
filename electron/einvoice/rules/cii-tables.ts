/**
 * Elements and attributes of CII that EN 16931 has no use for, as `place: rule name, ...` with S for CII-SR and D for
 * CII-DT. Places are below a part of the document (`agreement.`), below any element of a name (`//`), or below any
 * whose name ends so (`*`); `!` marks what breaks an invoice, the rest is a warning.
 */
export const ciiNotUsed = `
//SpecifiedTradeSettlementPaymentMeans: S464 PayerSpecifiedDebtorFinancialInstitution
context.: S001 SpecifiedTransactionID, S002 TestIndicator, S006 BIMSpecifiedDocumentContextParameter,
  S007 ScenarioSpecifiedDocumentContextParameter, S008 ApplicationSpecifiedDocumentContextParameter,
  S011 SubsetSpecifiedDocumentContextParameter, S012 MessageStandardSpecifiedDocumentContextParameter
document.: S013 Name, S016 CopyIndicator, S017 Purpose, S018 ControlRequirementIndicator, S019 LanguageID,
  S020 PurposeCode, S021 RevisionDateTime, S022 VersionID, S023 GlobalID, S024 RevisionID, S025 PreviousRevisionID,
  S026 CategoryCode, S033 EffectiveSpecifiedPeriod, S034 IssuerTradeParty
document.IssueDateTime: S015 udt:DateTime
document.IncludedNote: S027 Subject, S028 ContentCode, S032 ID
transaction.IncludedSupplyChainTradeLineItem: S035 DescriptionCode, S036 ParentLineID, S037 LineStatusCode,
  S038 LineStatusReasonCode, S221 IncludedSubordinateTradeLineItem
transaction.IncludedSupplyChainTradeLineItem/AssociatedDocumentLineDocument/IncludedNote: S041 SubjectCode, S042 ID,
  S043 Subject, S044 ContentCode
transaction.IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct: S045 ID, S048 ManufacturerAssignedID,
  S049 TradeName, S050 TypeCode, S051 NetWeightMeasure, S052 GrossWeightMeasure, S053 ProductGroupID,
  S054 EndItemTypeCode, S055 EndItemName, S056 AreaDensityMeasure, S057 UseDescription, S058 BrandName,
  S059 SubBrandName, S060 DrainedNetWeightMeasure, S061 VariableMeasureIndicator, S062 ColourCode,
  S063 ColourDescription, S064 Designation, S065 FormattedCancellationAnnouncedLaunchDateTime,
  S066 FormattedLatestProductDataChangeDateTime, S080 ApplicableMaterialGoodsCharacteristic,
  S087 IndividualTradeProductInstance, S088 CertificationEvidenceReferenceReferencedDocument,
  S089 InspectionReferenceReferencedDocument, S093 LinearSpatialDimension, S094 MinimumLinearSpatialDimension,
  S095 MaximumLinearSpatialDimension, S096 ManufacturerTradeParty, S097 PresentationSpecifiedBinaryFile,
  S098 MSDSReferenceReferencedDocument, S099 AdditionalReferenceReferencedDocument, S100 LegalRightsOwnerTradeParty,
  S101 BrandOwnerTradeParty, S102 IncludedReferencedProduct, S103 InformationNote
transaction.IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct/ApplicableProductCharacteristic: S067 ID,
  S068 TypeCode, S070 ValueMeasure, S071 MeasurementMethodCode, S073 ValueCode, S074 ValueDateTime,
  S075 ValueIndicator, S076 ContentTypeCode, S077 ValueSpecifiedBinaryFile,
  S078 ApplicableProductCharacteristicCondition, S079 ApplicableReferencedStandard
transaction.IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct/DesignatedProductClassification: S081 SystemID,
  S082 SystemName, S083 ClassName, S084 SubClassCode, S085 ClassProductCharacteristic,
  S086 ApplicableReferencedStandard
transaction.IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct/OriginTradeCountry: S091 Name,
  S092 SubordinateTradeCountrySubDivision
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeAgreement: S104 BuyerReference,
  S105 BuyerRequisitionerTradeParty, S106 ApplicableTradeDeliveryTerms, S107 SellerOrderReferencedDocument,
  S109 QuotationReferencedDocument, S110 ContractReferencedDocument, S111 DemandForecastReferencedDocument,
  S112 PromotionalDealReferencedDocument, S113 AdditionalReferencedDocument, S147 RequisitionerReferencedDocument,
  S148 ItemSellerTradeParty, S149 ItemBuyerTradeParty, S150 IncludedSpecifiedMarketplace,
  S447 UltimateCustomerOrderReferencedDocument
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeAgreement/BuyerOrderReferencedDocument: S108 IssuerAssignedID
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeAgreement/GrossPriceProductTradePrice: S114 TypeCode,
  S115 MinimumQuantity, S116 MaximumQuantity, S117 ChangeReason, S118 OrderUnitConversionFactorNumeric,
  S445 IncludedTradeTax, S132 ValiditySpecifiedPeriod, S133 DeliveryTradeLocation,
  S134 TradeComparisonReferencePrice, S135 AssociatedReferencedDocument
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeAgreement/GrossPriceProductTradePrice/AppliedTradeAllowanceCharge: S120 ID,
  S121 SequenceNumeric, S122 CalculationPercent, S123 BasisAmount, S124 BasisQuantity, S125 PrepaidIndicator,
  S126 UnitBasisAmount, S127 ReasonCode, S128 Reason, S129 TypeCode, S130 CategoryTradeTax,
  S131 ActualTradeCurrencyExchange
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeAgreement/NetPriceProductTradePrice: S136 TypeCode,
  S138 MinimumQuantity, S139 MaximumQuantity, S140 ChangeReason, S141 OrderUnitConversionFactorNumeric,
  S142 AppliedTradeAllowanceCharge, S446 IncludedTradeTax, S143 ValiditySpecifiedPeriod, S144 DeliveryTradeLocation,
  S145 TradeComparisonReferencePrice, S146 AssociatedReferencedDocument
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeDelivery: S151 RequestedQuantity,
  S152 ReceivedQuantity, S153 ChargeFreeQuantity, S154 PackageQuantity, S155 ProductUnitQuantity,
  S156 PerPackageUnitQuantity, S157 NetWeightMeasure, S158 GrossWeightMeasure, S159 TheoreticalWeightMeasure,
  S160 DespatchedQuantity, S161 SpecifiedDeliveryAdjustment, S162 IncludedSupplyChainPackaging,
  S163 RelatedSupplyChainConsignment, S164 ShipToTradeParty, S165 UltimateShipToTradeParty, S166 ShipFromTradeParty,
  S167 ActualDespatchSupplyChainEvent, S168 ActualPickUpSupplyChainEvent, S169 RequestedDeliverySupplyChainEvent,
  S170 ActualDeliverySupplyChainEvent, S171 ActualReceiptSupplyChainEvent, S172 AdditionalReferencedDocument,
  S173 DespatchAdviceReferencedDocument, S174 ReceivingAdviceReferencedDocument, S175 DeliveryNoteReferencedDocument,
  S176 ConsumptionReportReferencedDocument, S177 PackingListReferencedDocument
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement: S178 PaymentReference,
  S179 InvoiceIssuerReference, S180 TotalAdjustmentAmount, S181 DiscountIndicator, S194 SubtotalCalculatedTradeTax,
  S195 SpecifiedLogisticsServiceCharge, S196 SpecifiedTradePaymentTerms, S209 SpecifiedFinancialAdjustment,
  S210 InvoiceReferencedDocument, S212 PayableSpecifiedTradeAccountingAccount,
  S218 PurchaseSpecifiedTradeAccountingAccount, S219 SalesSpecifiedTradeAccountingAccount,
  S220 SpecifiedTradeSettlementFinancialCard
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement/ApplicableTradeTax: S182 CalculatedAmount
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge/ChargeIndicator: S183 udt:IndicatorString
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge: S184 ID,
  S185 SequenceNumeric, S187 BasisQuantity, S188 PrepaidIndicator, S189 UnitBasisAmount, S190 TypeCode,
  S191 CategoryTradeTax, S192 ActualTradeCurrencyExchange, S193 ID
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge/CalculationPercent: S186 @format
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation: S197 ChargeTotalAmount,
  S198 AllowanceTotalAmount, S199 TaxBasisTotalAmount, S200 TaxTotalAmount, S201 GrandTotalAmount,
  S202 InformationAmount, S203 TotalAllowanceChargeAmount, S204 TotalRetailValueInformationAmount,
  S205 GrossLineTotalAmount, S206 NetLineTotalAmount, S207 NetIncludingTaxesLineTotalAmount,
  S208 ProductWeightLossInformationAmount
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement/ReceivableSpecifiedTradeAccountingAccount: S213 SetTriggerCode,
  S214 TypeCode, S215 AmountTypeCode, S216 Name, S217 CostReferenceDimensionPattern
agreement.: S442 Reference, S278 SalesAgentTradeParty, S279 BuyerRequisitionerTradeParty,
  S280 BuyerAssignedAccountantTradeParty, S281 SellerAssignedAccountantTradeParty, S292 ProductEndUserTradeParty,
  S293 ApplicableTradeDeliveryTerms, S296 QuotationReferencedDocument, S297 OrderResponseReferencedDocument,
  S299 DemandForecastReferencedDocument, S300 SupplyInstructionReferencedDocument,
  S301 PromotionalDealReferencedDocument, S302 PriceListReferencedDocument, S304 RequisitionerReferencedDocument,
  S305 BuyerAgentTradeParty, S306 PurchaseConditionsReferencedDocument, S448 UltimateCustomerOrderReferencedDocument
agreement.SellerTradeParty: S222 RoleCode, S247 EndPointURIUniversalCommunication,
  S248 LogoAssociatedSpecifiedBinaryFile
agreement.SellerTradeParty/SpecifiedLegalOrganization: S223 LegalClassificationCode, S224 Name,
  S225 PostalTradeAddress, S226 AuthorizedLegalRegistration
agreement.SellerTradeParty/DefinedTradeContact: S227 ID, S228 TypeCode, S229 JobTitle, S230 Responsibility,
  S231 PersonID, S234 DirectTelephoneUniversalCommunication, S235 MobileTelephoneUniversalCommunication,
  S236 FaxUniversalCommunication, S239 TelexUniversalCommunication, S240 VOIPUniversalCommunication,
  S241 InstantMessagingUniversalCommunication, S242 SpecifiedNote, S243 SpecifiedContactPerson
agreement.SellerTradeParty/DefinedTradeContact/TelephoneUniversalCommunication: S232 URIID, S233 ChannelCode
agreement.SellerTradeParty/DefinedTradeContact/EmailURIUniversalCommunication: S237 ChannelCode, S238 CompleteNumber
agreement.SellerTradeParty/URIUniversalCommunication: S244 ChannelCode, S245 CompleteNumber
agreement.SellerTradeParty/SpecifiedTaxRegistration: S246 AssociatedRegisteredTax
agreement.BuyerTradeParty: S249 RoleCode, S250 Description, S276 EndPointURIUniversalCommunication,
  S277 LogoAssociatedSpecifiedBinaryFile
agreement.BuyerTradeParty/SpecifiedLegalOrganization: S251 LegalClassificationCode, S252 Name,
  S254 PostalTradeAddress, S255 AuthorizedLegalRegistration
agreement.BuyerTradeParty/DefinedTradeContact: S256 ID, S257 TypeCode, S258 JobTitle, S259 Responsibility,
  S260 PersonID, S263 DirectTelephoneUniversalCommunication, S264 MobileTelephoneUniversalCommunication,
  S265 FaxUniversalCommunication, S268 TelexUniversalCommunication, S269 VOIPUniversalCommunication,
  S270 InstantMessagingUniversalCommunication, S271 SpecifiedNote, S272 SpecifiedContactPerson
agreement.BuyerTradeParty/DefinedTradeContact/TelephoneUniversalCommunication: S261 URIID, S262 ChannelCode
agreement.BuyerTradeParty/DefinedTradeContact/EmailURIUniversalCommunication: S266 ChannelCode, S267 CompleteNumber
agreement.BuyerTradeParty/URIUniversalCommunication: S273 ChannelCode, S274 CompleteNumber
agreement.BuyerTradeParty/SpecifiedTaxRegistration: S275 AssociatedRegisteredTax
agreement.SellerTaxRepresentativeTradeParty: S282 ID, S283 GlobalID, S284 RoleCode, S285 Description,
  S286 SpecifiedLegalOrganization, S287 DefinedTradeContact, S288 URIUniversalCommunication,
  S290 EndPointURIUniversalCommunication, S291 LogoAssociatedSpecifiedBinaryFile
agreement.SellerTaxRepresentativeTradeParty/SpecifiedTaxRegistration: S289 AssociatedRegisteredTax
agreement.SellerOrderReferencedDocument: S294 LineID
agreement.BuyerOrderReferencedDocument: S295 LineID
agreement.ContractReferencedDocument: S298 LineID
agreement.AdditionalReferencedDocument: S303 LineID
agreement.SpecifiedProcuringProject: S307 Description
delivery.: S308 RelatedSupplyChainConsignment, S317 UltimateShipToTradeParty, S318 ShipFromTradeParty,
  S319 ActualDespatchSupplyChainEvent, S320 ActualPickUpSupplyChainEvent, S331 ActualReceiptSupplyChainEvent,
  S332 AdditionalReferencedDocument, S335 DeliveryNoteReferencedDocument, S336 ConsumptionReportReferencedDocument,
  S337 PreviousDeliverySupplyChainEvent, S338 PackingListReferencedDocument
delivery.ShipToTradeParty: S309 RoleCode, S310 Description, S311 SpecifiedLegalOrganization,
  S312 DefinedTradeContact, S313 URIUniversalCommunication, S314 SpecifiedTaxRegistration,
  S315 EndPointURIUniversalCommunication, S316 LogoAssociatedSpecifiedBinaryFile
delivery.ActualDeliverySupplyChainEvent: S321 ID, S323 TypeCode, S324 Description, S325 DescriptionBinaryObject,
  S326 UnitQuantity, S327 LatestOccurrenceDateTime, S328 EarliestOccurrenceDateTime, S329 OccurrenceSpecifiedPeriod,
  S330 OccurrenceLogisticsLocation
delivery.ActualDeliverySupplyChainEvent/OccurrenceDateTime: S322 udt:DateTime
delivery.DespatchAdviceReferencedDocument: S333 LineID, S334 LineID
settlement.: S339 DuePayableAmount, S340 CreditorReferenceTypeCode, S341 CreditorReferenceType,
  S342 CreditorReferenceIssuerID, S344 PaymentCurrencyCode, S345 InvoiceIssuerReference, S346 InvoiceDateTime,
  S347 NextInvoiceDateTime, S348 CreditReasonCode, S349 CreditReason, S350 InvoicerTradeParty,
  S351 InvoiceeTradeParty, S365 PayerTradeParty, S366 TaxApplicableTradeCurrencyExchange,
  S367 InvoiceApplicableTradeCurrencyExchange, S368 PaymentApplicableTradeCurrencyExchange,
  S395 SubtotalCalculatedTradeTax, S396 SpecifiedLogisticsServiceCharge, S421 SpecifiedFinancialAdjustment,
  S423 ProFormaInvoiceReferencedDocument, S424 LetterOfCreditReferencedDocument,
  S425 FactoringAgreementReferencedDocument, S426 FactoringListReferencedDocument,
  S427 PayableSpecifiedTradeAccountingAccount, S433 PurchaseSpecifiedTradeAccountingAccount,
  S434 SalesSpecifiedTradeAccountingAccount, S435 SpecifiedTradeSettlementFinancialCard,
  S436 SpecifiedAdvancePayment, S437 UltimatePayeeTradeParty
settlement.PayeeTradeParty: S352 RoleCode, S353 Description, S359 DefinedTradeContact, S360 PostalTradeAddress,
  S361 URIUniversalCommunication, S362 SpecifiedTaxRegistration, S363 EndPointURIUniversalCommunication,
  S364 LogoAssociatedSpecifiedBinaryFile
settlement.PayeeTradeParty/SpecifiedLegalOrganization: S354 LegalClassificationCode, S355 Name,
  S356 TradingBusinessName, S357 PostalTradeAddress, S358 AuthorizedLegalRegistration
settlement.SpecifiedTradeSettlementPaymentMeans: S369 PaymentChannelCode, S370 GuaranteeMethodCode,
  S371 PaymentMethodCode, S443 ID
settlement.SpecifiedTradeSettlementPaymentMeans/ApplicableTradeSettlementFinancialCard: S372 MicrochipIndicator,
  S373 TypeCode, S375 ExpiryDate, S376 VerificationNumeric, S377 ValidFromDateTime, S378 CreditLimitAmount,
  S379 CreditAvailableAmount, S380 InterestRatePercent, S381 Description
settlement.SpecifiedTradeSettlementPaymentMeans/PayerPartyDebtorFinancialAccount: S382 AccountName,
  S444 ProprietaryID
settlement.SpecifiedTradeSettlementPaymentMeans/PayerSpecifiedDebtorFinancialInstitution: S384 ClearingSystemName,
  S385 Name, S386 LocationFinancialInstitutionAddress
settlement.SpecifiedTradeAllowanceCharge: S388 ID, S389 SequenceNumeric, S390 BasisQuantity, S391 PrepaidIndicator,
  S392 UnitBasisAmount, S393 TypeCode, S394 ActualTradeCurrencyExchange
settlement.SpecifiedTradePaymentTerms: S397 ID, S398 FromEventCode, S399 SettlementPeriodMeasure, S401 TypeCode,
  S402 InstructionTypeCode, S404 PartialPaymentPercent, S405 PaymentMeansID, S406 PartialPaymentAmount,
  S407 ApplicableTradePaymentPenaltyTerms, S408 ApplicableTradePaymentDiscountTerms, S409 PayeeTradeParty
settlement.SpecifiedTradePaymentTerms/DueDateDateTime: S400 udt:DateTime
settlement.InvoiceReferencedDocument: S422 LineID
settlement.ReceivableSpecifiedTradeAccountingAccount: S428 SetTriggerCode, S429 TypeCode, S430 AmountTypeCode,
  S431 Name, S432 CostReferenceDimensionPattern
settlement.SpecifiedTradeSettlementHeaderMonetarySummation: S411 InformationAmount, S412 TotalDiscountAmount,
  S413 TotalAllowanceChargeAmount, S414 RetailValueExcludingTaxInformationAmount,
  S415 TotalDepositFeeInformationAmount, S416 ProductValueExcludingTobaccoTaxInformationAmount,
  S417 TotalRetailValueInformationAmount, S418 GrossLineTotalAmount, S419 NetLineTotalAmount,
  S420 NetIncludingTaxesLineTotalAmount
.: D013! @languageID, D014! @languageLocaleID, S438 ValuationBreakdownStatement
*DocumentContextParameter: S04 Value, S05 SpecifiedDocumentVersion
context.GuidelineSpecifiedDocumentContextParameter/ID: D001! @schemeName, D002! @schemeAgencyName,
  D003! @schemeDataURI, D004! @schemeURI, D005! @schemeID, D006! @schemeAgencyID, D007! @schemeVersionID
document.ID: D001! @schemeName, D002! @schemeAgencyName, D003! @schemeDataURI, D004! @schemeURI, D005! @schemeID,
  D006! @schemeAgencyID, D007! @schemeVersionID
transaction.IncludedSupplyChainTradeLineItem/AssociatedDocumentLineDocument/LineID: D001! @schemeName,
  D002! @schemeAgencyName, D003! @schemeDataURI, D004! @schemeURI, D005! @schemeID, D006! @schemeAgencyID,
  D007! @schemeVersionID
transaction.IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct/SellerAssignedID: D001! @schemeName,
  D002! @schemeAgencyName, D003! @schemeDataURI, D004! @schemeURI, D005! @schemeID, D006! @schemeAgencyID,
  D007! @schemeVersionID
//TypeCode: D008! @name, D009! @listURI
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement/ApplicableTradeTax/CategoryCode: D045 @listID,
  D046 @listAgencyID, D047 @listVersionID, D048 @listURI
*ReferencedDocument: D016! StatusCode, D017! CopyIndicator, D019! GlobalID, D020! RevisionID, D023! Information,
  D025! SectionName, D026! PreviousRevisionID, D028! EffectiveSpecifiedPeriod, D029! IssuerTradeParty,
  D030! AttachedSpecifiedBinaryFile
*Quantity: D034! @unitCodeListID, D035! @unitCodeListAgencyID, D036! @unitCodeListAgencyName
*TradeTax: D038 CalculatedRate, D039 CalculationSequenceNumeric, D040 BasisQuantity, D042 UnitBasisAmount,
  D043 LineTotalBasisAmount, D044 AllowanceChargeBasisAmount, D049 CurrencyCode, D050 Jurisdiction,
  D051 CustomsDutyIndicator, D053 TaxBasisAllowanceRate, D055 Type, D056 InformationAmount, D057 CategoryName,
  D060 SpecifiedTradeAccountingAccount, D061 ServiceSupplyTradeCountry,
  D062 BuyerRepayableTaxSpecifiedTradeAccountingAccount, D063 SellerPayableTaxSpecifiedTradeAccountingAccount,
  D064 SellerRefundableTaxSpecifiedTradeAccountingAccount, D065 BuyerDeductibleTaxSpecifiedTradeAccountingAccount,
  D066 BuyerNonDeductibleTaxSpecifiedTradeAccountingAccount, D067 PlaceApplicableTradeLocation
*TradeTax/RateApplicablePercent: D059 @format
//BillingSpecifiedPeriod/StartDateTime: D068! udt:DateTime
//BillingSpecifiedPeriod: D069! DurationMeasure, D070! InclusiveIndicator, D071! Description, D073! CompleteDateTime,
  D074! OpenIndicator, D075! SeasonCode, D076! ID, D077! Name, D078! SequenceNumeric, D079! StartDateFlexibilityCode,
  D080! ContinuousIndicator, D081! PurposeCode
//BillingSpecifiedPeriod/EndDateTime: D072! udt:DateTime
//PostalTradeAddress: D082! ID, D083! PostOfficeBox, D084! BuildingName, D086! LineFour, D087! LineFive,
  D088! StreetName, D089! CitySubDivisionName, D090! CountryName, D091! CountrySubDivisionID, D092! AttentionOf,
  D093! CareOf, D094! BuildingNumber, D095! DepartmentName, D096! AdditionalStreetName
`

/** What may stand once at most in a place. */
export const ciiOnceAtMost = `
context.: S003 BusinessProcessSpecifiedDocumentContextParameter
document.IncludedNote: S030 Content
transaction.IncludedSupplyChainTradeLineItem/AssociatedDocumentLineDocument: S039 IncludedNote,
  S040 IncludedNote/Content
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeAgreement: S441! NetPriceProductTradePrice/ChargeAmount
//SpecifiedTradeAllowanceCharge: S471! RateApplicablePercent, S472! CategoryTradeTax, S473! ActualAmount
//GrossPriceProductTradePrice/AppliedTradeAllowanceCharge: S440! ActualAmount
agreement.: S459! SellerTradeParty/URIUniversalCommunication, S460! BuyerTradeParty/URIUniversalCommunication
settlement.: S452 SpecifiedTradePaymentTerms, S453 SpecifiedTradePaymentTerms/Description,
  S461! ApplicableTradeTax/TaxPointDate
settlement.SpecifiedTradeSettlementHeaderMonetarySummation: S477! LineTotalAmount, S478! ChargeTotalAmount,
  S479! AllowanceTotalAmount, S480! TaxBasisTotalAmount, S481! RoundingAmount, S482! GrandTotalAmount,
  S483! InformationAmount, S484! TotalPrepaidAmount, S485! TotalDiscountAmount, S486! TotalAllowanceChargeAmount,
  S487! DuePayableAmount, S488! RetailValueExcludingTaxInformationAmount, S489! TotalDepositFeeInformationAmount,
  S490! ProductValueExcludingTobaccoTaxInformationAmount, S491! TotalRetailValueInformationAmount,
  S492! GrossLineTotalAmount, S493! NetLineTotalAmount, S494! NetIncludingTaxesLineTotalAmount
`

/** What stands exactly once in a place. */
export const ciiExactlyOnce = `
context.: S009! GuidelineSpecifiedDocumentContextParameter, S010! GuidelineSpecifiedDocumentContextParameter/ID
document.: S014! TypeCode
transaction.IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct/ApplicableProductCharacteristic: S069! Description,
  S072! Value
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeAgreement: S439! NetPriceProductTradePrice/ChargeAmount
transaction.IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement: S454 ApplicableTradeTax
`
