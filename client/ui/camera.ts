/** What is wanted of the browser's camera; a test gives its own. */
export interface CameraPort {
  getUserMedia(wish: MediaStreamConstraints): Promise<MediaStream>
}

export type CameraState =
  | { status: 'asking' }
  | { status: 'showing'; stream: MediaStream }
  /** Forbidden by the person, the browser or the page's policy; none there; in use elsewhere; the browser offers none. */
  | { status: 'failed'; why: 'denied' | 'missing' | 'busy' | 'unsupported' }
  | { status: 'closed' }

const wish: MediaStreamConstraints = {
  // The camera at the back of a phone, in enough detail for a code held at arm's length.
  video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  audio: false,
}

const stop = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop()
}

const reasonOf = (error: unknown): 'denied' | 'missing' | 'busy' => {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy'
}

/**
 * One camera, opened and closed as often as one likes. The latest wish wins: a stream that is granted after `close`, as
 * when somebody leaves while the browser still asks, is stopped at once.
 */
export const createCamera = (port: CameraPort | undefined, onState: (state: CameraState) => void) => {
  let turn = 0
  let shown: MediaStream | undefined

  const close = () => {
    turn += 1
    if (shown) stop(shown)
    shown = undefined
    onState({ status: 'closed' })
  }

  const fail = (why: 'denied' | 'missing' | 'busy' | 'unsupported') => onState({ status: 'failed', why })

  const open = async (): Promise<void> => {
    close()
    if (port === undefined) return fail('unsupported')
    const mine = turn
    onState({ status: 'asking' })
    let stream: MediaStream
    try {
      stream = await port.getUserMedia(wish)
    } catch (error) {
      if (mine === turn) fail(reasonOf(error))
      return
    }
    if (mine !== turn) return stop(stream)
    shown = stream
    onState({ status: 'showing', stream })
  }

  return { open, close }
}
