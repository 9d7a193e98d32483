/** Every connection of this page, made by whom ever. */
const connections = new Set<RTCPeerConnection>()

window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    connections.add(this)
    // A browser takes sound out of a connection only where something plays it.
    this.addEventListener('track', ({ track }) => {
      if (track.kind !== 'audio') return
      const audio = document.createElement('audio')
      audio.autoplay = true
      audio.srcObject = new MediaStream([track])
      document.body.append(audio)
    })
  }
  override close() {
    connections.delete(this)
    super.close()
  }
}

/** What was heard last, of whatever line: another text when there is more. */
const lastHeard = (): string =>
  [...connections]
    .flatMap((connection) => connection.getReceivers())
    .filter(({ track }) => track.kind === 'audio')
    .flatMap((receiver) => receiver.getSynchronizationSources())
    .map(({ source, rtpTimestamp }) => `${source} ${rtpTimestamp}`)
    .join()

/** Until a piece of sound has come and been played that was not there when this was asked: when, milliseconds since the epoch. */
export const hearSound = (): Promise<number> => {
  const before = lastHeard()
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const heard = lastHeard()
      if (heard === before || heard === '') return
      clearInterval(timer)
      resolve(Date.now())
    }, 5)
  })
}

/** A picture that is received. */
export interface ReceivedPicture {
  framesDecoded: number
  height: number
}

export const readPictures = async (): Promise<ReceivedPicture[]> => {
  const pictures: ReceivedPicture[] = []
  for (const connection of connections)
    for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>)
      if (report.type === 'inbound-rtp' && report.kind === 'video' && Number(report.framesDecoded) > 0)
        pictures.push({ framesDecoded: Number(report.framesDecoded), height: Number(report.frameHeight) })
  return pictures
}

/** What holds back the pictures that are sent: `none`, `cpu`, `bandwidth`, by the browser's own word. */
export const readLimitations = async (): Promise<string[]> => {
  const reasons = new Set<string>()
  for (const connection of connections)
    for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>)
      if (report.type === 'outbound-rtp' && report.kind === 'video' && Number(report.framesSent) > 0)
        reasons.add(String(report.qualityLimitationReason))
  return [...reasons]
}

/** A tone that rises and falls, since a browser says nothing of one that stays as it is (DTX). */
export const makeTone = (): MediaStream => {
  const context = new AudioContext()
  const [tone, wave, depth] = [context.createOscillator(), context.createOscillator(), context.createGain()]
  const sink = context.createMediaStreamDestination()
  tone.frequency.value = 500
  wave.frequency.value = 6
  depth.gain.value = 300
  wave.connect(depth).connect(tone.frequency)
  tone.connect(sink)
  tone.start()
  wave.start()
  return sink.stream
}
