import { mostPictureBytes, mostPicturePixels } from '../../../shared/contract/users.ts'
import { AppError } from '../../../shared/errors.ts'
import { bytesOf } from '../../ui/files.ts'

const mostFileBytes = 30_000_000

const problem = (message: string) => new AppError('FILE_REFUSED', message)

/** A chosen picture, read; AppError FILE_REFUSED says why not. */
export const readChosen = async (file: Blob): Promise<ImageBitmap> => {
  if (file.size > mostFileBytes) throw problem('The picture is larger than 30 MB. Make it smaller and choose it again.')
  try {
    return await createImageBitmap(file)
  } catch {
    throw problem('This is no picture that can be read. Choose a PNG, JPEG or WebP.')
  }
}

export type Size = { readonly width: number; readonly height: number }

/** What is cut out of a picture: how much larger than whole, and where, each from 0 (left, top) to 1 (right, bottom). */
export type Cut = { readonly zoom: number; readonly x: number; readonly y: number }

/** The largest square: the middle, and of an upright picture a little higher, where faces are. */
export const firstCut: Cut = { zoom: 1, x: 0.5, y: 0.35 }
export const mostZoom = 4

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/** The square that is cut out, in pixels of the picture. */
export const squareOf = ({ width, height }: Size, { zoom, x, y }: Cut = firstCut) => {
  const side = Math.max(1, Math.round(Math.min(width, height) / zoom))
  return { x: Math.round((width - side) * x), y: Math.round((height - side) * y), side }
}

/** The cut after the picture was moved beneath it, by parts of its side; it never leaves the picture. */
export const movedBy = (size: Size, cut: Cut, right: number, down: number): Cut => {
  const { side } = squareOf(size, cut)
  const moved = (at: number, room: number, by: number) => (room <= 0 ? at : within(at - (by * side) / room, 0, 1))
  return { ...cut, x: moved(cut.x, size.width - side, right), y: moved(cut.y, size.height - side, down) }
}

/** The cut at another zoom, around the same middle. */
export const zoomedTo = (size: Size, cut: Cut, to: number): Cut => {
  const zoom = within(to, 1, mostZoom)
  const before = squareOf(size, cut)
  const { side } = squareOf(size, { ...cut, zoom })
  const around = (start: number, length: number, at: number) =>
    length - side <= 0 ? at : within((start + (before.side - side) / 2) / (length - side), 0, 1)
  return { zoom, x: around(before.x, size.width, cut.x), y: around(before.y, size.height, cut.y) }
}

/** Draws what is cut out into a square canvas, as large as that is. */
export const drawCut = (canvas: HTMLCanvasElement, picture: ImageBitmap, cut: Cut): boolean => {
  const context = canvas.getContext('2d')
  if (context === null) return false
  const { x, y, side } = squareOf(picture, cut)
  context.imageSmoothingQuality = 'high'
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, x, y, side, side, 0, 0, canvas.width, canvas.height)
  return true
}

const encoded = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', quality))

/** A square picture of at most 256 pixels and 40 KB, cut out of what was chosen; AppError FILE_REFUSED says why not. */
export const squarePicture = async (picture: ImageBitmap, cut: Cut): Promise<Uint8Array> => {
  const { side } = squareOf(picture, cut)
  const canvas = document.createElement('canvas')
  for (const pixels of [mostPicturePixels, 192, 128]) {
    const size = Math.min(pixels, side)
    canvas.width = size
    canvas.height = size
    if (!drawCut(canvas, picture, cut)) break
    for (const quality of [0.9, 0.75, 0.5]) {
      const blob = await encoded(canvas, quality)
      // Drawn anew: where it was taken and with what is not in it any more.
      if (blob !== null && blob.size <= mostPictureBytes) return await bytesOf(new File([blob], 'picture'))
    }
  }
  throw problem('This picture cannot be made small enough. Choose another one.')
}
