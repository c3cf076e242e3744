type Values = Readonly<Record<string, string>>

export type Preview = { readonly text: string } | { readonly problem: string }

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly filled: boolean; readonly name: string }
  | { readonly kind: 'else' }
  | { readonly kind: 'close' }
  | { readonly kind: 'variable'; readonly name: string }

const placeholder = /\{\{\s*(?:(#if|#unless)\s+([\w.]+)|(else)|\/(?:if|unless)|([\w.]+))\s*\}\}/g
// A line that holds nothing but one of these vanishes with its line break.
const aloneOnLine = /^[ \t]*(\{\{\s*(?:#(?:if|unless)\s+[\w.]+|else|\/(?:if|unless))\s*\}\})[ \t]*\r?\n/gm

const partsOf = (template: string): Part[] => {
  const parts: Part[] = []
  let from = 0
  for (const found of template.matchAll(placeholder)) {
    parts.push({ kind: 'text', text: template.slice(from, found.index) })
    from = found.index + found[0].length
    const [, open, condition, otherwise, name] = found
    if (open !== undefined) parts.push({ kind: 'open', filled: open === '#if', name: condition ?? '' })
    else if (otherwise !== undefined) parts.push({ kind: 'else' })
    else if (name !== undefined) parts.push({ kind: 'variable', name })
    else parts.push({ kind: 'close' })
  }
  return [...parts, { kind: 'text', text: template.slice(from) }]
}

/** Fills a template in as one types; what sends it checks it again, line by line, when it is saved. */
export const previewTemplate = (template: string, values: Values): Preview => {
  const shown: boolean[] = []
  let text = ''
  for (const part of partsOf(template.replace(aloneOnLine, '$1'))) {
    const visible = shown.every(Boolean)
    if (part.kind === 'text') {
      if (part.text.includes('{{') || part.text.includes('}}')) return { problem: 'A placeholder is not finished.' }
      if (visible) text += part.text
    } else if (part.kind === 'close' || part.kind === 'else') {
      const last = shown.pop()
      if (last === undefined) return { problem: 'There is an end or “else” without its “if”.' }
      if (part.kind === 'else') shown.push(!last)
    } else {
      const value = values[part.name]
      if (value === undefined) return { problem: `There is nothing called “${part.name}”. Choose from the list.` }
      if (part.kind === 'open') shown.push((value !== '') === part.filled)
      else if (visible) text += value
    }
  }
  return shown.length > 0 ? { problem: 'An “if” is not ended: write {{/if}}.' } : { text }
}
