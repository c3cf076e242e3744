import { mostPictureBytes, mostPicturePixels } from '../../../shared/contract/users.ts'
import { AppError } from '../../../shared/errors.ts'
import { bytesOf } from '../../ui/files.ts'

const mostFileBytes = 30_000_000

const problem = (message: string) => new AppError('FILE_REFUSED', message)

const decode = async (file: Blob): Promise<ImageBitmap> => {
  if (file.size > mostFileBytes) throw problem('The picture is larger than 30 MB. Make it smaller and choose it again.')
  try {
    return await createImageBitmap(file)
  } catch {
    throw problem('This is no picture that can be read. Choose a PNG, JPEG or WebP.')
  }
}

/** The square that is cut out: the middle, and of an upright picture a little higher, where faces are. */
export const squareOf = (width: number, height: number) => {
  const side = Math.min(width, height)
  return { x: Math.round((width - side) / 2), y: Math.round((height - side) * 0.35), side }
}

const encoded = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', quality))

/** A square picture of at most 256 pixels and 40 KB from whatever was chosen; AppError FILE_REFUSED says why not. */
export const squarePicture = async (file: Blob): Promise<Uint8Array> => {
  const bitmap = await decode(file)
  const { x, y, side } = squareOf(bitmap.width, bitmap.height)
  const canvas = document.createElement('canvas')
  for (const pixels of [mostPicturePixels, 192, 128]) {
    const size = Math.min(pixels, side)
    canvas.width = size
    canvas.height = size
    const context = canvas.getContext('2d')
    if (context === null) break
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, x, y, side, side, 0, 0, size, size)
    for (const quality of [0.9, 0.75, 0.5]) {
      const blob = await encoded(canvas, quality)
      // Drawn anew: where it was taken and with what is not in it any more.
      if (blob !== null && blob.size <= mostPictureBytes) return await bytesOf(new File([blob], 'picture'))
    }
  }
  throw problem('This picture cannot be made small enough. Choose another one.')
}
