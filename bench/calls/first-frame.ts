/** When the first picture of a track is painted that came after `since`; both by `performance.now()`. */
export const paintFirstFrame = (track: MediaStreamTrack, since: number): Promise<number> =>
  new Promise((resolve) => {
    const video = document.createElement('video')
    video.autoplay = true
    video.muted = true
    video.srcObject = new MediaStream([track])
    const note = (_now: number, { receiveTime }: VideoFrameCallbackMetadata) => {
      if (receiveTime !== undefined && receiveTime < since) video.requestVideoFrameCallback(note)
      else {
        resolve(performance.now())
        video.remove()
      }
    }
    video.requestVideoFrameCallback(note)
    document.body.append(video)
  })
