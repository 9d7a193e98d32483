import { describe, expect, test } from 'vitest'
import { sendsByEnter } from './enter-key.ts'

const press = (changed = {}) => ({
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 13,
  ...changed,
})

describe('ux 16: Enter', () => {
  test('sends with a keyboard', () => {
    expect(sendsByEnter(press(), false)).toBe(true)
  })

  test('is a new line on touch, where Ctrl or ⌘ sends', () => {
    expect(sendsByEnter(press(), true)).toBe(false)
    expect(sendsByEnter(press({ ctrlKey: true }), true)).toBe(true)
    expect(sendsByEnter(press({ metaKey: true }), true)).toBe(true)
  })

  test('with Shift is a new line everywhere', () => {
    expect(sendsByEnter(press({ shiftKey: true }), false)).toBe(false)
  })

  test('never sends while composing, also where only the old key code tells', () => {
    expect(sendsByEnter(press({ isComposing: true }), false)).toBe(false)
    expect(sendsByEnter(press({ keyCode: 229 }), false)).toBe(false)
    expect(sendsByEnter(press({ isComposing: true, ctrlKey: true }), true)).toBe(false)
  })
})
