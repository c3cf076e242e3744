import { useLocation } from '@tanstack/react-router'
import { type RefObject, useEffect, useState } from 'react'

/** Begins each page at its top and tells screen readers its title, as a full page load would. */
export const RouteChanges = ({ main }: { readonly main: RefObject<HTMLElement | null> }) => {
  const path = useLocation({ select: (location) => location.pathname })
  const [title, setTitle] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what the effect answers to
  useEffect(() => {
    main.current?.scrollTo(0, 0)
    // The page sets its title a moment after the address changes.
    const timer = setTimeout(() => setTitle(document.title), 150)
    return () => clearTimeout(timer)
  }, [path, main])
  return (
    <div role="status" className="visually-hidden">
      {title}
    </div>
  )
}
