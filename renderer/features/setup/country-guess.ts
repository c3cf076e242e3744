import type { ApiOutput } from '../../app/queries.ts'

export type Country = ApiOutput<'setup', 'countries'>[number]

type Surroundings = { readonly timezone: string; readonly languages: readonly string[] }

/** Where this computer seems to stand: by its time zone, else by the region of its language; null when neither tells. */
export const guessCountry = (countries: readonly Country[], { timezone, languages }: Surroundings): Country | null => {
  const inZone = countries.filter((country) => country.timezone === timezone)
  const only = inZone.length === 1 ? inZone[0] : undefined
  if (only !== undefined) return only
  for (const language of languages) {
    const region = new Intl.Locale(language).region
    const found = (inZone.length > 0 ? inZone : countries).find((country) => country.code === region)
    if (found !== undefined) return found
  }
  return null
}
