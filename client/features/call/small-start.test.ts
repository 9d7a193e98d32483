import { expect, test } from 'vitest'
import { smallStart } from './small-start.ts'

test('ux 29: the small window begins below the messages’ upper edge on a phone', () => {
  expect(smallStart({ top: 56.4, bottom: 700 }, 844, true)).toEqual({
    insetBlockStart: '68px',
    insetBlockEnd: 'auto',
  })
})

test('ux 29: elsewhere it begins over the composer', () => {
  expect(smallStart({ top: 57, bottom: 700 }, 800, false)).toEqual({
    insetBlockStart: 'auto',
    insetBlockEnd: '112px',
  })
  expect(smallStart({ top: 57, bottom: 900 }, 800, false).insetBlockEnd).toBe('12px')
})
