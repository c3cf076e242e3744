/** Languages that message templates come in. */
export const templateLanguages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'hi', 'ar', 'ja'] as const
export type TemplateLanguage = (typeof templateLanguages)[number]
