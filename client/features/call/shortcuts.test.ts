import { expect, test } from 'vitest'
import { callKeyOf } from './shortcuts.ts'

const press = (key: string, more: Partial<Parameters<typeof callKeyOf>[0]> = {}) => ({
  key,
  code: key === ' ' ? 'Space' : `Key${key.toUpperCase()}`,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  ...more,
})

test('ux 28: Ctrl/⌘+D mutes and Ctrl/⌘+E turns the camera, in a field too', () => {
  for (const focus of ['field', 'button', 'elsewhere'] as const)
    for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
      expect(callKeyOf(press('d', held), focus)).toBe('mute')
      expect(callKeyOf(press('E', held), focus)).toBe('camera')
    }
})

test('ux 28: holding Space talks where it neither writes nor presses', () => {
  expect(callKeyOf(press(' '), 'elsewhere')).toBe('holdToTalk')
  expect(callKeyOf(press(' '), 'field')).toBeUndefined()
  expect(callKeyOf(press(' '), 'button')).toBeUndefined()
})

test('ux 16: keys of a composition, and other keys, are left alone', () => {
  expect(callKeyOf(press(' ', { isComposing: true }), 'elsewhere')).toBeUndefined()
  expect(callKeyOf(press('d'), 'elsewhere')).toBeUndefined()
  expect(callKeyOf(press('d', { ctrlKey: true, shiftKey: true }), 'elsewhere')).toBeUndefined()
  expect(callKeyOf(press('d', { ctrlKey: true, altKey: true }), 'elsewhere')).toBeUndefined()
  expect(callKeyOf(press('f', { ctrlKey: true }), 'elsewhere')).toBeUndefined()
})
