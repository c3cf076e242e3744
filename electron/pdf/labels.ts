import { ar } from './labels/ar.ts'
import { de } from './labels/de.ts'
import { en } from './labels/en.ts'
import { es } from './labels/es.ts'
import { fr } from './labels/fr.ts'
import { hi } from './labels/hi.ts'
import { it } from './labels/it.ts'
import { ja } from './labels/ja.ts'
import type { Labels } from './labels/labels.ts'
import { nl } from './labels/nl.ts'
import { pt } from './labels/pt.ts'

export type { Labels } from './labels/labels.ts'

const byLanguage: Readonly<Record<string, Labels>> = { en, de, fr, es, pt, it, nl, hi, ar, ja }

/** Languages that have their own labels, as BCP 47 primary subtags. */
export const labelLanguages: readonly string[] = Object.keys(byLanguage)

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? ''

/** The labels of a BCP 47 language, by its first part (`de-AT` is `de`); English where there are none. */
export const labelsFor = (language: string): Labels => byLanguage[primary(language)] ?? en

const rightToLeft = new Set(['ar', 'he', 'fa', 'ur'])

/** Whether documents of a language are laid out from right to left; only where the labels speak it too. */
export const isRightToLeft = (language: string): boolean =>
  rightToLeft.has(primary(language)) && byLanguage[primary(language)] !== undefined
