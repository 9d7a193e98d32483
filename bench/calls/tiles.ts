let areShown = false

/** Shows a picture in the grid, once; nowhere where there is no grid. */
export const showInTile = (track: MediaStreamTrack): void => {
  if (!areShown || document.getElementById(track.id)) return
  const video = document.createElement('video')
  video.id = track.id
  video.className = 'tile'
  video.autoplay = true
  video.muted = true
  video.srcObject = new MediaStream([track])
  document.body.append(video)
}

/** So many columns fill the page. */
export const layTiles = (columns: number): void => {
  areShown = true
  const style = document.createElement('style')
  style.textContent = `body { margin: 0; line-height: 0 } .tile { width: ${100 / columns}%; aspect-ratio: 16 / 9 }`
  document.head.append(style)
}
