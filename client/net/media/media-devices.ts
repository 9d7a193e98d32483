import * as v from 'valibot'
import { createValue, type MutableValue, type Value } from '../../core/value.ts'
import type { DeviceMemory } from './capture.ts'

export interface MediaDeviceNamed {
  id: string
  /** As the browser names it; empty until it may be used. */
  label: string
}

export interface MediaDeviceLists {
  microphones: readonly MediaDeviceNamed[]
  cameras: readonly MediaDeviceNamed[]
  /** Empty where the browser does not let a page choose. */
  speakers: readonly MediaDeviceNamed[]
}

const choicesSchema = v.object({
  microphone: v.optional(v.string()),
  camera: v.optional(v.string()),
  speaker: v.optional(v.string()),
  isUnfiltered: v.optional(v.boolean(), false),
})

/** What was chosen last, kept by this browser. Browsers give a device another id when the site's data is cleared: then it counts for nothing. */
export interface MediaChoices {
  microphone: string | undefined
  camera: string | undefined
  speaker: string | undefined
  isUnfiltered: boolean
}

const storageKey = 'hearth.media'

const readChoices = (storage: Pick<Storage, 'getItem'> | undefined): MediaChoices => {
  let stored: unknown
  try {
    stored = JSON.parse(storage?.getItem(storageKey) ?? '{}')
  } catch {
    stored = {} // written by nobody we know
  }
  const parsed = v.safeParse(choicesSchema, stored)
  const { microphone, camera, speaker, isUnfiltered = false } = parsed.success ? parsed.output : {}
  return { microphone, camera, speaker, isUnfiltered }
}

export interface KeptChoices {
  readonly choices: Value<MediaChoices>
  choose(change: Partial<MediaChoices>): void
  readonly memory: DeviceMemory
}

/** @param storage undefined where the browser forbids it: choices last as long as the page then. */
export const keepMediaChoices = (storage: Pick<Storage, 'getItem' | 'setItem'> | undefined): KeptChoices => {
  const choices: MutableValue<MediaChoices> = createValue(readChoices(storage))
  const choose = (change: Partial<MediaChoices>): void => {
    choices.set({ ...choices.get(), ...change })
    try {
      storage?.setItem(storageKey, JSON.stringify(choices.get()))
    } catch {
      // Full: the choice holds until the page is left.
    }
  }
  const nameOf = { audio: 'microphone', camera: 'camera' } as const
  return {
    choices,
    choose,
    memory: {
      read: (kind) => choices.get()[nameOf[kind]],
      write: (kind, deviceId) => choose({ [nameOf[kind]]: deviceId }),
    },
  }
}

type Enumerating = Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>

export interface DeviceLists {
  readonly lists: Value<MediaDeviceLists>
  /** Labels come with the first permission. */
  refresh(): void
  dispose(): void
}

/** Which microphones, cameras and speakers there are. @param devices undefined where the page is not secure. */
export const listMediaDevices = (devices: Enumerating | undefined): DeviceLists => {
  const lists = createValue<MediaDeviceLists>({ microphones: [], cameras: [], speakers: [] })
  const refresh = (): void => {
    devices
      ?.enumerateDevices()
      .then((found) => {
        const of = (kind: MediaDeviceKind) =>
          found
            .filter((device) => device.kind === kind && device.deviceId !== '')
            .map(({ deviceId, label }) => ({ id: deviceId, label }))
        lists.set({
          microphones: of('audioinput'),
          cameras: of('videoinput'),
          speakers: of('audiooutput'),
        })
      })
      // The policy of the page forbids it: there is nothing to choose from then.
      .catch(() => undefined)
  }
  devices?.addEventListener('devicechange', refresh)
  refresh()
  return {
    lists,
    refresh,
    dispose: () => devices?.removeEventListener('devicechange', refresh),
  }
}
