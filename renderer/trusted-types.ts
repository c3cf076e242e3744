/**
 * The one policy for strings that reach the DOM as markup or as a worker's address. Style elements come as text; text
 * with a tag in it is refused, so no feature can inject markup even by mistake. Imported before anything that renders.
 */
type PolicyRules = {
  readonly createHTML: (text: string) => string
  readonly createScriptURL: (url: string) => string
}
type PolicyFactory = { readonly createPolicy: (name: string, rules: PolicyRules) => unknown }

const factory: unknown = Reflect.get(globalThis, 'trustedTypes')

const isFactory = (value: unknown): value is PolicyFactory =>
  typeof value === 'object' && value !== null && 'createPolicy' in value

if (isFactory(factory)) {
  factory.createPolicy('default', {
    createHTML: (text) => {
      if (text.includes('<')) throw new TypeError('Markup in a text was refused.')
      return text
    },
    createScriptURL: (url) => {
      if (new URL(url, document.baseURI).origin !== location.origin)
        throw new TypeError('A foreign script was refused.')
      return url
    },
  })
}
