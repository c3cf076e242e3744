import { expect, test } from 'vitest'
import { refusalOf } from '../../renderer/ui/field-submit.ts'
import { AppError } from '../../shared/errors.ts'

test('a dialog of one field says at it why it was refused, and nothing to whoever thought better of it', () => {
  expect(refusalOf(new AppError('SIGN_IN_FAILED', 'This password is not right.'))).toBe('This password is not right.')
  expect(refusalOf(new AppError('CANCELLED', 'Left.'))).toBeUndefined()
  // No words of the machine.
  expect(refusalOf(new TypeError('x is not a function'))).not.toContain('function')
})
