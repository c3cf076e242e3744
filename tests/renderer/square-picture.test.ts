import { expect, test } from 'vitest'
import { firstCut, movedBy, squareOf, zoomedTo } from '../../renderer/features/people/square-picture.ts'

const size = (width: number, height: number) => ({ width, height })

test('the square of a picture is its middle, and of an upright one a little higher', () => {
  expect(squareOf(size(400, 400))).toEqual({ x: 0, y: 0, side: 400 })
  expect(squareOf(size(600, 400))).toEqual({ x: 100, y: 0, side: 400 })
  expect(squareOf(size(400, 600))).toEqual({ x: 0, y: 70, side: 400 })
  // A single row of pixels is still a picture.
  expect(squareOf(size(9, 1))).toEqual({ x: 4, y: 0, side: 1 })
})

test('moving the picture moves the square the other way, and never out of the picture', () => {
  const wide = size(600, 400)
  expect(squareOf(wide, movedBy(wide, firstCut, 0.1, 0)).x).toBe(60)
  expect(squareOf(wide, movedBy(wide, firstCut, -0.1, 0.5))).toEqual({ x: 140, y: 0, side: 400 })
  expect(squareOf(wide, movedBy(wide, firstCut, 9, 9)).x).toBe(0)
  expect(squareOf(wide, movedBy(wide, firstCut, -9, 9)).x).toBe(200)
})

test('zooming keeps the middle where it is, within the picture', () => {
  const upright = size(400, 600)
  const closer = zoomedTo(upright, firstCut, 2)
  expect(squareOf(upright, closer)).toEqual({ x: 100, y: 170, side: 200 })
  expect(squareOf(upright, zoomedTo(upright, closer, 1))).toEqual(squareOf(upright))
  const corner = movedBy(upright, closer, 9, 9)
  expect(squareOf(upright, corner)).toEqual({ x: 0, y: 0, side: 200 })
  expect(squareOf(upright, zoomedTo(upright, corner, 1))).toEqual({ x: 0, y: 0, side: 400 })
  expect(zoomedTo(upright, closer, 99).zoom).toBe(4)
})
