import { expect, test } from 'vitest'
import { keepMediaChoices, listMediaDevices } from './media-devices.ts'

const createStorage = (content?: string) => {
  let kept = content
  return {
    getItem: () => kept ?? null,
    setItem(_key: string, value: string) {
      kept = value
    },
  }
}

test('ux 27: choices are kept, and come back after a reload', () => {
  const storage = createStorage()
  const first = keepMediaChoices(storage)
  expect(first.choices.get()).toEqual({
    microphone: undefined,
    camera: undefined,
    speaker: undefined,
    isUnfiltered: false,
  })
  first.memory.write('camera', 'cam 2')
  first.choose({ isUnfiltered: true, speaker: 'kitchen' })
  const second = keepMediaChoices(storage)
  expect(second.memory.read('camera')).toBe('cam 2')
  expect(second.choices.get()).toMatchObject({ isUnfiltered: true, speaker: 'kitchen' })
})

test('ux 27: what somebody else wrote there, a full or a forbidden store, harm nothing', () => {
  for (const junk of ['no json', '[1]', '{"camera":5}'])
    expect(keepMediaChoices(createStorage(junk)).memory.read('camera')).toBeUndefined()
  const full = keepMediaChoices({
    getItem: () => null,
    setItem() {
      throw new DOMException('full', 'QuotaExceededError')
    },
  })
  full.choose({ speaker: 'hall' })
  expect(full.choices.get().speaker).toBe('hall')
  expect(keepMediaChoices(undefined).memory.read('audio')).toBeUndefined()
})

test('ux 27: what is plugged in shows by itself', async () => {
  const target = new EventTarget()
  let found: Partial<MediaDeviceInfo>[] = [{ kind: 'audioinput', deviceId: '', label: '' }]
  const devices = {
    enumerateDevices: () => Promise.resolve(found as MediaDeviceInfo[]),
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  }
  const { lists, dispose } = listMediaDevices(devices)
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  await settle()
  expect(lists.get()).toEqual({ microphones: [], cameras: [], speakers: [] })
  found = [
    { kind: 'audioinput', deviceId: 'a', label: 'Headset' },
    { kind: 'videoinput', deviceId: 'b', label: 'Camera' },
    { kind: 'audiooutput', deviceId: 'c', label: 'Speaker' },
  ]
  target.dispatchEvent(new Event('devicechange'))
  await settle()
  expect(lists.get()).toEqual({
    microphones: [{ id: 'a', label: 'Headset' }],
    cameras: [{ id: 'b', label: 'Camera' }],
    speakers: [{ id: 'c', label: 'Speaker' }],
  })
  dispose()
  found = []
  target.dispatchEvent(new Event('devicechange'))
  await settle()
  expect(lists.get().cameras).toHaveLength(1)
})
