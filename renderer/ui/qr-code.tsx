import { encodeQR } from 'qr'
import { useMemo } from 'react'

type Props = {
  readonly text: string /** What it is for, for who cannot see it. */
  readonly label: string
  readonly size?: number
}

/** A QR code, dark on white in either theme, as readers want it. */
export const QrCode = ({ text, label, size = 180 }: Props) => {
  const { path, width } = useMemo(() => {
    const rows = encodeQR(text, 'raw', { border: 3 })
    const dots = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    return { path: dots.join(''), width: rows.length }
  }, [text])
  return (
    <svg role="img" aria-label={label} width={size} height={size} viewBox={`0 0 ${width} ${width}`}>
      <rect width={width} height={width} fill="#ffffff" />
      <path d={path} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  )
}
