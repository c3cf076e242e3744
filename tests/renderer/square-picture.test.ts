import { expect, test } from 'vitest'
import { squareOf } from '../../renderer/features/people/square-picture.ts'

test('the square of a picture is its middle, and of an upright one a little higher', () => {
  expect(squareOf(400, 400)).toEqual({ x: 0, y: 0, side: 400 })
  expect(squareOf(600, 400)).toEqual({ x: 100, y: 0, side: 400 })
  expect(squareOf(400, 600)).toEqual({ x: 0, y: 70, side: 400 })
  // A single row of pixels is still a picture.
  expect(squareOf(9, 1)).toEqual({ x: 4, y: 0, side: 1 })
})
