/** What stands for a screen: a canvas on which something moves. */
export const drawMovingPicture = (): { track: MediaStreamTrack; stop: () => void } => {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 360
  const context = canvas.getContext('2d')!
  let at = 0
  let isStopped = false
  const draw = () => {
    if (isStopped) return
    at += 4
    context.fillStyle = `hsl(${at % 360} 80% 50%)`
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.fillStyle = 'white'
    context.fillRect(at % canvas.width, 100, 80, 80)
    requestAnimationFrame(draw)
  }
  draw()
  const [track] = canvas.captureStream(30).getVideoTracks()
  return {
    track: track!,
    stop() {
      isStopped = true
      track!.stop()
    },
  }
}
