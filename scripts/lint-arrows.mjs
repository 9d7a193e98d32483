// The direction of dependencies, as a rule for ESLint: who may import what (docs/architecture.md).
import path from 'node:path'

const root = path.dirname(import.meta.dirname)

/** A folder, and the folders its files may import. A feature sees its own folder only, what is in `features/` itself, and how texts are read. */
const arrows = [
  ['shared', ['shared']],
  ['signaling', ['signaling', 'shared']],
  ['client/core', ['client/core', 'shared']],
  ['client/net', ['client/net', 'client/core', 'shared']],
  ['client/store', ['client/store', 'client/core', 'shared']],
  ['client/features', ['client/core', 'client/ui', 'client/features/text', 'shared']],
  ['client/service-worker', ['client/service-worker', 'shared']],
  ['client/ui', ['client/ui']],
]

const isWithin = (file, folder) => file.startsWith(`${folder}/`)

/** Whether the file at `from` may import the file at `to`; both relative to the root. */
export const mayImport = (from, to) => {
  const arrow = arrows.find(([folder]) => isWithin(from, folder))
  if (arrow === undefined) return true
  const [folder, allowed] = arrow
  if (allowed.some((other) => isWithin(to, other))) return true
  return folder === 'client/features' && isWithin(to, folder) && isOwnFeature(from, to)
}

const isOwnFeature = (from, to) => {
  const feature = (file) => file.split('/')[2]
  return feature(from) === feature(to) || to.split('/').length === 3
}

/** What `ui` may know: Vue, what it speaks by, and what is pictures like any other: icons, the library that draws and reads QR codes, the names of the emoji. */
const uiPackages = [
  'vue',
  'vue-i18n',
  '@lucide/vue',
  'qr',
  'qr/decode.js',
  'emoji-picker-element-data/en/emojibase/data.json?raw',
  'emoji-picker-element-data/de/cldr/data.json?raw',
  'emoji-picker-element-data/es/cldr/data.json?raw',
]

/** And no part of the client or the contract knows Node. */
export const mayImportPackage = (from, name) => {
  if (isWithin(from, 'client/ui')) return uiPackages.includes(name)
  return !name.startsWith('node:') || !(isWithin(from, 'client') || isWithin(from, 'shared'))
}

const relative = (file) => path.relative(root, file).split(path.sep).join('/')

export const arrowsRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { wrongWay: 'This import goes against the direction of dependencies (docs/architecture.md).' },
  },
  create(context) {
    const from = relative(context.filename)
    const check = (node) => {
      const name = node.source?.value
      if (typeof name !== 'string') return
      const isFine = name.startsWith('.')
        ? mayImport(from, relative(path.resolve(path.dirname(context.filename), name)))
        : mayImportPackage(from, name)
      if (!isFine) context.report({ node, messageId: 'wrongWay' })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}
