import { parseSync } from '@swc/core'
import { describe, expect, test } from 'vitest'
import { type Source, sources } from './sources.ts'

/** A node of the syntax tree, as far as the rules look at one. */
type Node = { readonly type: string } & Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'

function* nodesIn(value: unknown): Generator<Node> {
  if (isNode(value)) yield value
  if (typeof value !== 'object' || value === null) return
  for (const child of Object.values(value)) yield* nodesIn(child)
}

const shipped = sources.filter(({ path }) => /^(shared|db|electron|renderer)\//.test(path))
const treeOf = ({ path, text }: Source): readonly Node[] => [
  ...nodesIn(parseSync(text, { syntax: 'typescript', tsx: path.endsWith('.tsx'), target: 'es2022' })),
]
const trees = shipped.map((source) => ({ path: source.path, nodes: treeOf(source) }))

const get = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value)

/** Names that a file takes from a module as values; `default` and `*` as such. */
const taken = (nodes: readonly Node[], module: RegExp): string[] =>
  nodes
    .filter(
      (it) =>
        it.type === 'ImportDeclaration' && it['typeOnly'] !== true && module.test(String(get(it, 'source', 'value'))),
    )
    .flatMap((it) => [...nodesIn(it['specifiers'])])
    .flatMap((it) => {
      if (it.type === 'ImportDefaultSpecifier') return ['default']
      if (it.type === 'ImportNamespaceSpecifier') return ['*']
      if (it.type !== 'ImportSpecifier' || it['isTypeOnly'] === true) return []
      return [String(get(it, 'imported', 'value') ?? get(it, 'local', 'value'))]
    })

const importing = (module: RegExp): Map<string, string[]> => {
  const found = new Map<string, string[]>()
  for (const { path, nodes } of trees) {
    for (const name of taken(nodes, module)) found.set(name, [...(found.get(name) ?? []), path])
  }
  return found
}

/** Calls as `object.method` or `name`, with what is given to them. */
const calls = (nodes: readonly Node[]) =>
  nodes
    .filter((it) => it.type === 'CallExpression' || it.type === 'NewExpression')
    .map((it) => {
      const callee = it['callee']
      const object = String(get(callee, 'object', 'value') ?? get(callee, 'object', 'property', 'value') ?? '')
      const method = String(get(callee, 'property', 'value') ?? get(callee, 'value') ?? get(callee, 'type') ?? '')
      const given = it['arguments']
      return {
        object,
        method,
        isNew: it.type === 'NewExpression',
        given: Array.isArray(given) ? given.map((one) => get(one, 'expression')) : [],
      }
    })

const placesOf = (wanted: (call: ReturnType<typeof calls>[number]) => boolean): string[] =>
  trees.flatMap(({ path, nodes }) => (calls(nodes).some(wanted) ? [path] : []))

test('the rules see what there is', () => {
  expect(trees.length).toBeGreaterThan(500)
  expect(importing(/^electron$/).size).toBeGreaterThan(5)
  const sample = treeOf({
    path: 'x.ts',
    code: '',
    text: "import { BrowserWindow as W, type Menu } from 'electron'; new W(); a.b.fork('x'); sql.raw(x)",
  })
  expect(taken(sample, /^electron$/)).toEqual(['BrowserWindow'])
  expect(calls(sample).map(({ object, method }) => `${object}.${method}`)).toEqual(['.W', 'b.fork', 'sql.raw'])
})

describe('of Electron', () => {
  // Each value of Electron by the only files that may take it; whatever else somebody imports fails here first.
  const allowed: Readonly<Record<string, readonly string[]>> = {
    BrowserWindow: ['electron/shell/create-window.ts'],
    nativeTheme: ['electron/shell/create-window.ts'],
    screen: ['electron/shell/create-window.ts'],
    ipcMain: ['electron/main.ts'],
    ipcRenderer: ['electron/preload.ts'],
    shell: ['electron/shell/guard-contents.ts'],
    protocol: ['electron/shell/boot.ts'],
    session: ['electron/main.ts'],
    safeStorage: ['electron/main.ts'],
    dialog: ['electron/main.ts'],
    Menu: ['electron/main.ts', 'electron/shell/menu.ts'],
    app: ['electron/main.ts', 'electron/shell/boot.ts', 'electron/shell/platform-updater.ts'],
  }
  // What a lock needs to know of the system: when its screen is locked and when it sleeps.
  const shellOnly = ['powerMonitor', 'Notification', 'Tray', 'nativeImage']

  test('each part is taken by the files named for it, and no other', () => {
    for (const [name, paths] of importing(/^electron$/)) {
      if (shellOnly.includes(name)) {
        for (const path of paths) expect(path).toMatch(/^electron\/(main\.ts|shell\/)/)
        continue
      }
      expect(`${name}: ${paths.filter((path) => !(allowed[name] ?? []).includes(path)).join(', ')}`).toBe(`${name}: `)
    }
  })

  test('nothing is taken whole, by require, or from elsewhere', () => {
    const found = importing(/^electron(\/|$)/)
    expect(found.has('*')).toBe(false)
    expect(found.has('default')).toBe(false)
    const dynamic = placesOf(
      ({ method, given }) =>
        (method === 'require' || method === 'Import') &&
        /^electron(\/|$)|@electron\/remote/.test(String(get(given[0], 'value'))),
    )
    expect(dynamic).toEqual([])
    expect([...importing(/@electron\/remote|electron\/renderer|electron\/main/).keys()]).toEqual([])
  })

  test('windows and views are made in the factory alone', () => {
    expect(
      placesOf(({ isNew, method }) => isNew && /^(BrowserWindow|BrowserView|WebContentsView|BaseWindow)$/.test(method)),
    ).toEqual(['electron/shell/create-window.ts'])
    expect(
      placesOf(({ method }) =>
        /^(fromWebContents|fromId|createWindowFromURL|setAsDefaultProtocolClient)$/.test(method),
      ),
    ).toEqual([])
  })

  test('there is one channel, accepted in one place, and no handler by name', () => {
    expect(placesOf(({ method, object }) => /^(handle|handleOnce)$/.test(method) && /^ipc/i.test(object))).toEqual([])
    expect(
      placesOf(({ method, object }) => /^(on|once|addListener)$/.test(method) && /^ipc(Main|Renderer)?$/.test(object)),
    ).toEqual(['electron/shell/accept-ports.ts'])
    expect(placesOf(({ object, method }) => object === 'ipcRenderer' && method !== 'postMessage')).toEqual([])
    expect(
      placesOf(({ method }) => /^(exposeInMainWorld|exposeInIsolatedWorld|executeInMainWorld)$/.test(method)),
    ).toEqual([])
  })

  test('the system opens addresses from one place, after they were judged', () => {
    expect(placesOf(({ method }) => method === 'openExternal')).toEqual(['electron/shell/guard-contents.ts'])
    expect(
      placesOf(
        ({ method, object }) =>
          /^(openPath|showItemInFolder|beep|writeShortcutLink)$/.test(method) && object === 'shell',
      ),
    ).toEqual([])
  })
})

describe('code', () => {
  test('is never made from text', () => {
    expect(
      placesOf(
        ({ method, isNew }) =>
          method === 'eval' ||
          (isNew && method === 'Function') ||
          /^(executeJavaScript|runInThisContext|runInNewContext|runInContext|compileFunction|insertCSS)$/.test(method),
      ),
    ).toEqual([])
    expect([...importing(/^(node:)?(vm|repl|inspector)$/).keys()]).toEqual([])
    expect(
      placesOf(
        ({ method, given }) => /^(setTimeout|setInterval)$/.test(method) && get(given[0], 'type') === 'StringLiteral',
      ),
    ).toEqual([])
  })

  test('starts another program in one place, and never a shell or a fork', () => {
    const found = importing(/^(node:)?child_process$/)
    expect([...found]).toEqual([['spawn', ['electron/web/open-in-browser.ts']]])
    expect(placesOf(({ method }) => method === 'fork')).toEqual([])
    expect(
      sources
        .filter(({ path, text }) => path.startsWith('electron/') && /shell:\s*true/.test(text))
        .map(({ path }) => path),
    ).toEqual([])
  })

  test('is loaded by names that stand in the source', () => {
    const computed = placesOf(
      ({ method, given }) =>
        method === 'Import' && !['StringLiteral', 'TemplateLiteral'].includes(String(get(given[0], 'type'))),
    )
    // The package's entry imports the main process beside it, by a path that it makes of its own folder.
    expect(computed).toEqual(['electron/shell/boot.ts'])
  })
})

describe('SQL', () => {
  test('is text in migrations, and where a test beside it says why, nowhere else', () => {
    // Each joins names that stand in the same file.
    const constant = [
      'electron/features/audit/subjects.ts',
      'electron/features/integrity/rebuild.ts',
      'electron/features/integrity/check.ts',
      'electron/features/payments/differences.ts',
      // The columns of an issued document, from the table of its shape.
      'electron/record/stored-documents.ts',
    ]
    const raw = placesOf(({ object, method }) => object === 'sql' && method === 'raw')
    expect(raw.filter((path) => !constant.includes(path) && !path.startsWith('db/migrations/'))).toEqual([])
  })

  test('as a literal holds words of the source, or a number that a schema has checked', () => {
    const literal = trees.flatMap(({ path, nodes }) =>
      calls(nodes)
        .filter(({ object, method }) => object === 'sql' && method === 'lit')
        .map(({ given }) => `${path} ${String(get(given[0], 'type'))}`),
    )
    const values = literal.filter((it) => !/(StringLiteral|NumericLiteral|TsConstAssertion|TsAsExpression)$/.test(it))
    for (const it of values)
      expect(it).toMatch(
        /^(db\/scrub\.ts|electron\/record\/captured-tables\.ts|electron\/features\/tax-reports\/(payments|documents|figures)\.ts) /,
      )
  })

  test('reaches the driver in db alone, by statements with places for values', () => {
    const preparing = placesOf(
      ({ method, object }) =>
        /^(prepare|exec|pragma)$/.test(method) && /^(database|connection|lock|source|store|sqlite)$/i.test(object),
    )
    expect(preparing.filter((path) => !/^(db|electron\/(backup|recovery|keys|record|gate))\//.test(path))).toEqual([])
  })
})

describe('the renderer', () => {
  const renderer = trees.filter(({ path }) => path.startsWith('renderer/'))

  test('makes no markup from text', () => {
    for (const { path, nodes } of renderer) {
      const assigned = nodes
        .filter((it) => it.type === 'AssignmentExpression')
        .map((it) => String(get(it, 'left', 'property', 'value')))
      expect(
        `${path} ${assigned.filter((name) => /^(innerHTML|outerHTML|srcdoc|text)$/.test(name) && name !== 'text').join()}`,
      ).toBe(`${path} `)
      const attributes = nodes.filter((it) => it.type === 'JSXAttribute').map((it) => String(get(it, 'name', 'value')))
      expect(`${path} ${attributes.filter((name) => /^(dangerouslySetInnerHTML|srcDoc)$/.test(name)).join()}`).toBe(
        `${path} `,
      )
    }
    expect(
      placesOf(({ method }) =>
        /^(insertAdjacentHTML|createContextualFragment|parseFromString|setHTMLUnsafe|document\.write)$/.test(method),
      ),
    ).toEqual([])
  })

  test('talks to the core alone: one fetch, one port, and no socket', () => {
    const talking = placesOf(
      ({ object, method, isNew }) =>
        (method === 'fetch' && object === '') ||
        method === 'sendBeacon' ||
        (isNew && /^(XMLHttpRequest|WebSocket|EventSource|RTCPeerConnection)$/.test(method)),
    )
    expect(talking.filter((path) => path.startsWith('renderer/'))).toEqual(['renderer/connection.ts'])
    const channels = placesOf(({ method, isNew }) => isNew && method === 'MessageChannel').filter((path) =>
      path.startsWith('renderer/'),
    )
    expect(channels).toEqual(['renderer/connection.ts'])
  })

  test('keeps its token for the session alone', () => {
    const kept = sources.filter(
      ({ path, text }) =>
        path.startsWith('renderer/') && /token/i.test(text) && /localStorage|indexedDB|document\.cookie/.test(text),
    )
    expect(kept.map(({ path }) => path)).toEqual([])
  })

  test('opens no window of its own but for the help that the shell judges', () => {
    const opening = renderer.flatMap(({ path, nodes }) =>
      calls(nodes)
        .filter(({ object, method }) => method === 'open' && object === 'window')
        .map(() => path),
    )
    expect(opening).toEqual([])
  })
})
