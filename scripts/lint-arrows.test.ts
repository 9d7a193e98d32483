import { expect, test } from 'vitest'
import { mayImport, mayImportPackage } from './lint-arrows.mjs'

const cases: [from: string, to: string, may: boolean][] = [
  ['shared/limits.ts', 'shared/result.ts', true],
  ['shared/limits.ts', 'client/core/value.ts', false],
  ['signaling/main.ts', 'shared/ice.ts', true],
  ['signaling/main.ts', 'client/core/value.ts', false],
  ['client/core/log/page.ts', 'client/core/ports.ts', true],
  ['client/core/log/page.ts', 'client/net/mesh.ts', false],
  ['client/net/mesh.ts', 'client/core/ports.ts', true],
  ['client/net/mesh.ts', 'client/store/vault.ts', false],
  ['client/store/vault.ts', 'client/net/mesh.ts', false],
  ['client/features/chat/ChatRoom.vue', 'client/ui/words.ts', true],
  ['client/features/chat/ChatRoom.vue', 'client/features/chat/arrange.ts', true],
  ['client/features/chat/ChatRoom.vue', 'client/features/app-state.ts', true],
  ['client/features/chat/ChatRoom.vue', 'client/features/rooms/useRooms.ts', false],
  ['client/features/chat/ChatRoom.vue', 'client/net/mesh.ts', false],
  ['client/ui/words.ts', 'client/core/ports.ts', false],
  ['client/main.ts', 'client/store/vault.ts', true],
]

test.each(cases)('architecture: %s importing %s is allowed: %s', (from, to, may) => {
  expect(mayImport(from, to)).toBe(may)
})

test.each([
  ['client/ui/QrCode.vue', 'vue', true],
  ['client/ui/qr-path.ts', 'qr', true],
  ['client/ui/qr-reading.ts', 'qr/decode.js', true],
  ['client/ui/words.ts', 'valibot', false],
  ['client/core/ports.ts', 'node:fs', false],
  ['signaling/main.ts', 'node:fs', true],
])('architecture: %s importing the package %s is allowed: %s', (from, name, may) => {
  expect(mayImportPackage(from, name)).toBe(may)
})
