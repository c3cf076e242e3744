/** A made-up client and what was sold to it, for previews of templates in each language. */
export type SampleWords = {
  readonly buyer: string
  readonly street: string
  readonly city: string
  readonly postalCode: string
  readonly country: string
  readonly names: readonly string[]
  readonly description: string
  readonly notes: string
  readonly terms: string
  readonly ages: readonly string[]
  readonly invoice: string
  readonly payment: string
}

const en: SampleWords = {
  buyer: 'Northgate Museum Trust',
  street: '2 Castle Street',
  city: 'Norwich',
  postalCode: 'NR1 3DD',
  country: 'GB',
  names: [
    'Exhibition design, concept phase',
    'Graphic panels, artwork',
    'Object labels, printed and mounted',
    'Lighting plan',
    'Site supervision',
  ],
  description: 'Spatial concept, two mood boards and a walkthrough',
  notes: 'Thank you for working with us.',
  terms: 'Payment within 30 days.',
  ages: ['Not due', '1–30 days', '31–60 days', 'Over 60 days'],
  invoice: 'Invoice',
  payment: 'Payment',
}

const de: SampleWords = {
  buyer: 'Museum am Nordtor e. V.',
  street: 'Burgstraße 2',
  city: 'Lübeck',
  postalCode: '23552',
  country: 'DE',
  names: [
    'Ausstellungsgestaltung, Konzept',
    'Grafiktafeln, Reinzeichnung',
    'Objektschilder, gedruckt und montiert',
    'Lichtplan',
    'Bauleitung',
  ],
  description: 'Raumkonzept, zwei Moodboards und ein Rundgang',
  notes: 'Vielen Dank für die Zusammenarbeit.',
  terms: 'Zahlbar innerhalb von 30 Tagen ohne Abzug.',
  ages: ['Nicht fällig', '1–30 Tage', '31–60 Tage', 'Über 60 Tage'],
  invoice: 'Rechnung',
  payment: 'Zahlung',
}

const fr: SampleWords = {
  buyer: 'Musée de la Porte Nord',
  street: '2 rue du Château',
  city: 'Nantes',
  postalCode: '44000',
  country: 'FR',
  names: [
    'Conception de l’exposition',
    'Panneaux graphiques',
    'Cartels imprimés et montés',
    'Plan d’éclairage',
    'Suivi de chantier',
  ],
  description: 'Concept spatial, deux planches et une visite',
  notes: 'Merci de votre confiance.',
  terms: 'Paiement à 30 jours.',
  ages: ['Non échu', '1–30 jours', '31–60 jours', 'Plus de 60 jours'],
  invoice: 'Facture',
  payment: 'Paiement',
}

const es: SampleWords = {
  buyer: 'Museo de la Puerta Norte',
  street: 'Calle del Castillo 2',
  city: 'Valencia',
  postalCode: '46001',
  country: 'ES',
  names: [
    'Diseño de la exposición',
    'Paneles gráficos',
    'Cartelas impresas y montadas',
    'Plan de iluminación',
    'Dirección de obra',
  ],
  description: 'Concepto espacial, dos paneles y un recorrido',
  notes: 'Gracias por su confianza.',
  terms: 'Pago a 30 días.',
  ages: ['Sin vencer', '1–30 días', '31–60 días', 'Más de 60 días'],
  invoice: 'Factura',
  payment: 'Pago',
}

const pt: SampleWords = {
  buyer: 'Museu da Porta Norte',
  street: 'Rua do Castelo 2',
  city: 'Porto',
  postalCode: '4000-001',
  country: 'PT',
  names: [
    'Projeto da exposição',
    'Painéis gráficos',
    'Etiquetas impressas e montadas',
    'Plano de iluminação',
    'Acompanhamento da obra',
  ],
  description: 'Conceito espacial, dois painéis e uma visita',
  notes: 'Obrigado pela preferência.',
  terms: 'Pagamento a 30 dias.',
  ages: ['Por vencer', '1–30 dias', '31–60 dias', 'Mais de 60 dias'],
  invoice: 'Fatura',
  payment: 'Pagamento',
}

const it: SampleWords = {
  buyer: 'Museo di Porta Nord',
  street: 'Via del Castello 2',
  city: 'Torino',
  postalCode: '10121',
  country: 'IT',
  names: [
    'Progetto della mostra',
    'Pannelli grafici',
    'Didascalie stampate e montate',
    'Piano luci',
    'Direzione lavori',
  ],
  description: 'Concetto spaziale, due tavole e una visita',
  notes: 'Grazie per la collaborazione.',
  terms: 'Pagamento a 30 giorni.',
  ages: ['Non scaduto', '1–30 giorni', '31–60 giorni', 'Oltre 60 giorni'],
  invoice: 'Fattura',
  payment: 'Pagamento',
}

const nl: SampleWords = {
  buyer: 'Museum Noorderpoort',
  street: 'Kasteelstraat 2',
  city: 'Utrecht',
  postalCode: '3511 AB',
  country: 'NL',
  names: [
    'Tentoonstellingsontwerp, concept',
    'Grafische panelen',
    'Objectlabels, gedrukt en gemonteerd',
    'Lichtplan',
    'Toezicht op locatie',
  ],
  description: 'Ruimtelijk concept, twee moodboards en een rondgang',
  notes: 'Dank voor de samenwerking.',
  terms: 'Betaling binnen 30 dagen.',
  ages: ['Niet vervallen', '1–30 dagen', '31–60 dagen', 'Meer dan 60 dagen'],
  invoice: 'Factuur',
  payment: 'Betaling',
}

const hi: SampleWords = {
  buyer: 'उत्तर द्वार संग्रहालय न्यास',
  street: '2 किला मार्ग',
  city: 'जयपुर',
  postalCode: '302001',
  country: 'IN',
  names: ['प्रदर्शनी की रूपरेखा', 'ग्राफ़िक पैनल', 'वस्तुओं के लेबल, मुद्रित', 'प्रकाश योजना', 'स्थल पर निरीक्षण'],
  description: 'स्थान की परिकल्पना, दो चित्र-पट और एक भ्रमण',
  notes: 'हमारे साथ काम करने के लिए धन्यवाद।',
  terms: '30 दिनों में भुगतान।',
  ages: ['देय नहीं', '1–30 दिन', '31–60 दिन', '60 दिन से अधिक'],
  invoice: 'बीजक',
  payment: 'भुगतान',
}

const ar: SampleWords = {
  buyer: 'مؤسسة متحف البوابة الشمالية',
  street: 'شارع القلعة 2',
  city: 'دبي',
  postalCode: '',
  country: 'AE',
  names: [
    'تصميم المعرض، مرحلة الفكرة',
    'لوحات رسومية',
    'بطاقات القطع، مطبوعة ومثبتة',
    'خطة الإضاءة',
    'الإشراف في الموقع',
  ],
  description: 'مفهوم مكاني ولوحتان للأفكار مع جولة',
  notes: 'شكرًا لتعاملكم معنا.',
  terms: 'الدفع خلال 30 يومًا.',
  ages: ['غير مستحق', '1–30 يومًا', '31–60 يومًا', 'أكثر من 60 يومًا'],
  invoice: 'فاتورة',
  payment: 'دفعة',
}

const ja: SampleWords = {
  buyer: '北門博物館 御中',
  street: '下京区四条通2',
  city: '京都市',
  postalCode: '600-8001',
  country: 'JP',
  names: [
    '展示デザイン（コンセプト段階）',
    'グラフィックパネル制作',
    '展示ラベル（印刷・取付）',
    '照明計画',
    '現場監理',
  ],
  description: '空間コンセプト、ムードボード2枚、ウォークスルー',
  notes: 'お取引いただきありがとうございます。',
  terms: '請求書発行日より30日以内にお支払いください。',
  ages: ['期日前', '1～30日', '31～60日', '60日超'],
  invoice: '請求書',
  payment: '入金',
}

const byLanguage: Readonly<Record<string, SampleWords>> = { en, de, fr, es, pt, it, nl, hi, ar, ja }

/** The sample of a language (BCP 47); English where there is none. */
export const sampleWords = (language: string): SampleWords => byLanguage[language.slice(0, 2)] ?? en
