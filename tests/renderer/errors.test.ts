import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { describeError, errorTexts } from '../../renderer/app/errors.ts'
import { Problem } from '../../renderer/features/access/problem.tsx'
import { waitingText } from '../../renderer/features/access/use-try.ts'
import { AppError, errorCodes } from '../../shared/errors.ts'

describe('words for problems', () => {
  it('says what happened and what to do for each code, without the code itself', () => {
    for (const code of errorCodes) {
      const { title, advice, message } = describeError(new AppError(code, 'The sentence of the case.'))
      expect({ title, advice }).toEqual(errorTexts[code])
      if (code !== 'UNEXPECTED') expect(message).toBe('The sentence of the case.')
      expect(`${title} ${advice}`).not.toMatch(/[A-Z]{3,}_?[A-Z]*/)
    }
  })

  it('shows nothing of an error that nobody expected', () => {
    const shown = describeError(new TypeError("Cannot read properties of undefined (reading 'x')"))
    expect(shown.message).not.toContain('undefined')
    expect(shown.title).toBe(errorTexts.UNEXPECTED.title)
    expect(describeError(new AppError('UNEXPECTED', 'Internal Server Error')).message).not.toContain('Server')
  })
})

describe('a wait at the door', () => {
  const told = (left: number) =>
    /role="alert"[^>]*>([^<]*)</.exec(
      renderToStaticMarkup(
        createElement(Problem, { attempt: { problem: waitingText(30), countdown: waitingText(left) } }),
      ),
    )?.[1]

  it('is read out once, however often its seconds change for the eye', () => {
    expect(told(30)).toContain('Wait 30 seconds')
    expect(told(29)).toBe(told(30))
  })
})
