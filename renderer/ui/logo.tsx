type Props = { readonly size?: number }

/** The mark: a slip with its perforation and a torn foot. */
export const Logo = ({ size = 24 }: Props) => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true" focusable="false">
    <path
      d="M4.5 3.5h15v17l-2.5-1.7-2.5 1.7-2.5-1.7-2.5 1.7L7 18.8l-2.5 1.7z"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinejoin="round"
    />
    <path d="M4.5 9.2h15" stroke="currentColor" strokeWidth="1.8" strokeDasharray="1.9 1.85" />
    <path d="M8 12.7h8M8 15.6h4.5" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
  </svg>
)
