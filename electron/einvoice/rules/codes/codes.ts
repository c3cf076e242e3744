/** The set of the codes that stand in a text, separated by white space. */
export const codes = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))
