import { Fragment } from 'react'
import { directionOf, directionOfLine } from '../../shared/text-direction.ts'

type Props = {
  readonly text: string
  readonly className?: string | undefined
  readonly 'data-problem'?: true | undefined
}

/** The text of a letter in its own direction, as the mail shows it; the class keeps line breaks (`pre-wrap`). */
export const LetterText = ({ text, ...rest }: Props) => {
  const direction = directionOf(text)
  let place = 0
  const lines = text.split('\n').map((line) => {
    const key = place
    place += line.length + 1
    return { key, line, own: directionOfLine(line, direction) }
  })
  return (
    <div dir={direction} {...rest}>
      {lines.map(({ key, line, own }) => (
        <Fragment key={key}>
          {key > 0 && '\n'}
          {own === direction ? line : <span dir={own}>{line}</span>}
        </Fragment>
      ))}
    </div>
  )
}
