import { createCalls } from './core/call/create-calls.ts'
import { openCallSignals } from './core/call/call-signals.ts'
import type { CallGround } from './core/call/call-ground.ts'
import type { CallMemory } from './core/call/ports.ts'
import type { LineQuality } from './core/call/quality.ts'
import type { CallId } from './core/call/words.ts'
import type { DeviceId } from '../shared/identifiers.ts'
import type { CallDesk } from './features/call-stage.ts'
import { browserClock } from './net/browser-clock.ts'
import { browserRandom } from './net/browser-random.ts'
import { fullLinesOf } from './net/media/camera-size.ts'
import { followCall } from './net/media/call-capture.ts'
import { createCallLines } from './net/media/call-media.ts'
import { createCallMeter, type CallMeter } from './net/media/call-meter.ts'
import { createCapture } from './net/media/capture.ts'
import { keepMediaChoices, listMediaDevices } from './net/media/media-devices.ts'
import { followMicrophone } from './net/media/microphone-level.ts'
import { browserWakeLock, createScreenWakeLock } from './net/media/wake-lock.ts'
import type { BrowserNetwork } from './net/network.ts'
import { createValue } from './core/value.ts'
import { readLocalStorage } from './ui/local-storage.ts'

const memoryKey = 'hearth.call'

/** As long as the tab: another one was not in the call. */
const callMemory: CallMemory = {
  read() {
    try {
      return (sessionStorage.getItem(memoryKey) ?? undefined) as CallId | undefined
    } catch {
      return undefined // forbidden: a call is not offered again after a reload
    }
  },
  write(call) {
    try {
      if (call === undefined) sessionStorage.removeItem(memoryKey)
      else sessionStorage.setItem(memoryKey, call)
    } catch {
      // as above
    }
  },
}

const heightOf = (track: MediaStreamTrack | undefined): number | undefined =>
  track && (track.getSettings().height ?? 720)

export interface StartedCalls extends CallDesk {
  close(): void
}

/** Puts calls together: the core's machine, the lines of the network, and this browser's microphone and cameras. */
export const startCalls = (options: { ground: CallGround; network: BrowserNetwork }): StartedCalls => {
  const { ground, network } = options
  // Older browsers and insecure pages have none, whatever TypeScript knows.
  const mediaDevices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices
  const kept = keepMediaChoices(readLocalStorage())
  const capture = createCapture({ devices: mediaDevices, memory: kept.memory })
  const own = capture.shown
  const lines = createCallLines({ mediaOf: network.mediaOf, own })
  const lists = listMediaDevices(mediaDevices)
  const microphone = followMicrophone(own, browserClock)
  const wakeLock = createScreenWakeLock(browserWakeLock)
  const quality = createValue<ReadonlyMap<DeviceId, LineQuality>>(new Map())
  const signals = openCallSignals({ network, clock: browserClock })
  const calls = createCalls({
    facts: ground.facts,
    changes: ground.changes,
    signals,
    media: lines,
    writeSummary: ground.writeSummary,
    memory: callMemory,
    clock: browserClock,
    random: browserRandom,
  })

  const sends = (device: DeviceId): boolean => {
    const view = calls.view.get()
    const there = 'participants' in view && view.participants.find((one) => one.device === device)
    return there !== undefined && there !== false && (there.sending.audio === 'on' || there.sending.camera)
  }
  const liveTrack = (kind: 'camera' | 'screen') => {
    const shown = own.get()[kind]
    return shown.status === 'live' ? shown.track : undefined
  }
  const measure = (uplink: { uplinkBps: number; cpu: 'fine' | 'limited' }) => {
    const camera = liveTrack('camera')
    calls.measure({
      ...uplink,
      cameraHeight: camera && fullLinesOf(camera),
      screenHeight: heightOf(liveTrack('screen')),
    })
  }

  let meter: CallMeter | undefined
  let uplink: { uplinkBps: number; cpu: 'fine' | 'limited' } = { uplinkBps: 2_500_000, cpu: 'fine' }
  const followMeter = (isInCall: boolean) => {
    if (isInCall === (meter !== undefined)) return
    meter?.close()
    meter = undefined
    quality.set(new Map())
    if (!isInCall) return
    meter = createCallMeter({
      lines: () => lines.lines,
      isSending: sends,
      clock: browserClock,
      onReport: (device, report) => calls.report(device, report),
      onUplink(now) {
        uplink = now
        measure(uplink)
      },
    })
    meter.quality.subscribe((now) => quality.set(now))
  }

  const showRooms = () => {
    const view = calls.view.get()
    for (const room of view.running.keys()) ground.showRoom(room)
    if (view.status === 'ringingIn') for (const { room } of view.rings) ground.showRoom(room)
  }

  const leave = [
    followCall({
      capture,
      sending: lines.sending,
      audioWish: () => ({ isUnfiltered: kept.choices.get().isUnfiltered }),
      correct: (change) => calls.send(change),
    }),
    lines.sending.subscribe((sending) => {
      wakeLock.hold(sending !== undefined)
      followMeter(sending !== undefined)
    }),
    own.subscribe(() => {
      lists.refresh()
      if (lines.sending.get()) measure(uplink)
    }),
    calls.view.subscribe(showRooms),
  ]

  return {
    calls,
    stage: {
      own,
      wish: (change) => capture.wish(change),
      endPreview() {
        const sending = lines.sending.get()
        if (sending === undefined) capture.wish({ audio: 'off', camera: 'off' })
        else if (!sending.camera) capture.wish({ camera: 'off' })
      },
      devices: lists.lists,
      choices: kept.choices,
      choose: kept.choose,
      ownLevel: microphone.level,
      isSpeaking: microphone.isSpeaking,
      remote: lines.remote,
      levelOf: (device) => lines.lines.get(device)?.level('audio'),
      quality,
    },
    close() {
      calls.close()
      for (const off of leave) off()
      meter?.close()
      microphone.close()
      lines.dispose()
      capture.dispose()
      lists.dispose()
      wakeLock.dispose()
      signals.close()
    },
  }
}
