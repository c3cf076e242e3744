import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> }
/** A part of a page in points from its top left corner. */
export type Region = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

type Surface = {
  readonly canvas: HTMLCanvasElement
  readonly context: { getImageData: (x: number, y: number, width: number, height: number) => Pixels }
}
type SurfaceFactory = { readonly create: (width: number, height: number) => Surface }

const isFactory = (value: unknown): value is SurfaceFactory =>
  typeof value === 'object' && value !== null && 'create' in value && typeof value.create === 'function'

/** Draws a page as a reader would show it, `scale` pixels a point, and gives the pixels of a region. */
export const rasterise = async (bytes: Uint8Array, number: number, region: Region, scale: number): Promise<Pixels> => {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const file = await task.promise
  const page = await file.getPage(number)
  const viewport = page.getViewport({ scale })
  const { canvasFactory } = file
  if (!isFactory(canvasFactory)) throw new Error('the reader has no canvas here')
  const { canvas, context } = canvasFactory.create(Math.ceil(viewport.width), Math.ceil(viewport.height))
  await page.render({ canvas, viewport }).promise
  const [x, y, width, height] = [region.x, region.y, region.width, region.height].map((at) => Math.round(at * scale))
  const pixels = context.getImageData(x ?? 0, y ?? 0, width ?? 1, height ?? 1)
  await task.destroy()
  return pixels
}
