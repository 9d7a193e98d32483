/**
 * A WebRTC that never connects, for simple-peer's `wrtc` option: in Node y-webrtc can then make its real WebrtcConn,
 * with its real listeners, over which a test lays a Link in memory.
 */

class StillChannel extends EventTarget {
  binaryType = 'arraybuffer'
  readyState = 'connecting'
  bufferedAmount = 0
  bufferedAmountLowThreshold = 0
  label = 'still'
  close(): void {
    this.readyState = 'closed'
  }
  send(): void {
    throw new Error('nothing may be sent beside the Link')
  }
}

class StillConnection extends EventTarget {
  signalingState = 'stable'
  iceConnectionState = 'new'
  iceGatheringState = 'new'
  connectionState = 'new'
  localDescription = null
  remoteDescription = null
  createDataChannel(): StillChannel {
    return new StillChannel()
  }
  createOffer(): Promise<never> {
    return new Promise(() => undefined)
  }
  close(): void {
    this.connectionState = 'closed'
  }
}

export const stillWrtc = {
  RTCPeerConnection: StillConnection,
  RTCSessionDescription: Object,
  RTCIceCandidate: Object,
}
