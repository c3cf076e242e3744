import classes from './person-mark.module.css'

/** Colours that white letters can be read on. */
export const personColors = [
  '#1f3f77',
  '#5b3a8c',
  '#8a2f5c',
  '#9a3b1f',
  '#7a4a06',
  '#2d6135',
  '#1b6166',
  '#57534b',
] as const

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const letters =
    words.length < 2
      ? [...(words[0] ?? '?')].slice(0, 2)
      : [words[0] ?? '', words.at(-1) ?? ''].map((word) => [...word][0] ?? '')
  return letters.join('').toUpperCase()
}

/** The colour of a person who chose none: always the same one for the same name. */
export const colorOf = (name: string, color: string | null): string => {
  if (color !== null) return color
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return personColors[sum % personColors.length] ?? personColors[0]
}

type Props = {
  readonly name: string
  readonly color: string | null
  /** The address of a picture; initials on a colour without one. */
  readonly picture?: string | null
  readonly size?: number
}

/** A person as a picture, or as initials on a colour; the name stands beside it. */
export const PersonMark = ({ name, color, picture = null, size = 28 }: Props) =>
  picture === null ? (
    <svg className={classes['mark']} width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <circle cx="14" cy="14" r="14" fill={colorOf(name, color)} />
      <text x="14" y="14" dy="0.36em" textAnchor="middle" fill="#ffffff">
        {initialsOf(name)}
      </text>
    </svg>
  ) : (
    <img className={classes['picture']} src={picture} width={size} height={size} alt="" draggable={false} />
  )
