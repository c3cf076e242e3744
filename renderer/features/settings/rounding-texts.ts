import type { Organization } from '../../../shared/contract/organizations.ts'

type Text = { readonly label: string; readonly effect: string }

/** Where tax is rounded, in plain words. */
export const roundingScopeTexts: Readonly<Record<Organization['roundingScope'], Text>> = {
  rate: {
    label: 'Once per tax rate',
    effect: 'Lines of one rate are added first, then taxed once: what electronic invoices in Europe ask for.',
  },
  line: {
    label: 'On each line',
    effect: 'Each line has its own rounded tax, and the tax of the document is their sum.',
  },
  document: {
    label: 'Once per document',
    effect: 'The tax of all rates is added exactly and rounded at the very end.',
  },
}

/** What happens to a fraction of a cent, in plain words with an example. */
export const roundingModeTexts: Readonly<Record<Organization['roundingMode'], Text>> = {
  'half-up': { label: 'Half up', effect: 'As one learns at school: 2.344 becomes 2.34, and 2.345 becomes 2.35.' },
  'half-even': {
    label: 'Half to even',
    effect: 'A half goes to the even digit, so that halves even out: 2.345 becomes 2.34, and 2.355 becomes 2.36.',
  },
  up: { label: 'Always up', effect: 'Any fraction counts as a whole: 2.341 becomes 2.35.' },
  down: { label: 'Always down', effect: 'Fractions are dropped: 2.349 becomes 2.34.' },
}
