const collator = new Intl.Collator('en')

/** The order of people in a list: by name, where Élodie comes before Farid. */
export const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  collator.compare(one.name, other.name)
