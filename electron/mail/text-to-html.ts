import { directionOf, directionOfLine } from '../../shared/text-direction.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const LINK = /https:\/\/[^\s<>"'`{}|\\^]+/g

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (found) => ESCAPES[found] ?? found)
}

/** The target of a link in a text, or null where it should stay text: only https, and no user name in front of the host. */
function targetOf(link: string): string | null {
  try {
    const url = new URL(link)
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null
  } catch {
    return null
  }
}

function linkify(line: string): string {
  let html = ''
  let done = 0
  for (const found of line.matchAll(LINK)) {
    // The full stop after a link ends the sentence, not the link.
    const shown = found[0].replace(/[.,;:!?)\]]+$/, '')
    const target = targetOf(shown)
    if (target === null) continue
    html += `${escapeHtml(line.slice(done, found.index))}<a href="${escapeHtml(target)}">${escapeHtml(shown)}</a>`
    done = found.index + shown.length
  }
  return html + escapeHtml(line.slice(done))
}

const lineIn = (line: string, direction: 'ltr' | 'rtl'): string =>
  directionOfLine(line, direction) === direction ? linkify(line) : `<span dir="ltr">${linkify(line)}</span>`

/**
 * Gives the HTML alternative of a plain text: everything escaped, paragraphs and line breaks kept, https links clickable;
 * an Arabic one from right to left.
 */
export function textToHtml(text: string): string {
  const direction = directionOf(text)
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/)
  const lines = (one: string) => one.split('\n').map((line) => lineIn(line, direction))
  const body = paragraphs.map((one) => `<p>${lines(one).join('<br>\n')}</p>`).join('\n')
  const html = direction === 'rtl' ? '<html dir="rtl">' : '<html>'
  // Said again in the body: many programs show a mail without the element around it.
  const start = direction === 'rtl' ? '<body dir="rtl">' : '<body>'
  return `<!doctype html>\n${html}<head><meta charset="utf-8"></head>${start}\n${body}\n</body></html>\n`
}
