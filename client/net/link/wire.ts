/**
 * The raw pipe under a Link: an open, reliable, ordered channel of whole binary frames, with just the shape of an
 * RTCDataChannel, so that tests can run one in memory.
 */
export interface Wire {
  /** Never throws: a wire that can no longer send drops the frame, and says `onClose`. */
  send(frame: Uint8Array<ArrayBuffer>): void
  /** Bytes given to `send` that have not left yet. */
  readonly bufferedBytes: number
  /**
   * Calls `listener` whenever `bufferedBytes` has fallen from above `lowMark` to it or below. A later call takes the
   * place of an earlier one.
   */
  onDrain(lowMark: number, listener: () => void): void
  /** One listener; frames that came before it are kept for it, in order. */
  onFrame(listener: (frame: Uint8Array<ArrayBuffer>) => void): void
  /** Called once, when the wire is closed from there, torn, or closed from here; at once if it already is. */
  onClose(listener: () => void): void
  /** Frames already sent should still leave, as with RTCDataChannel.close(): the last one says good-bye. Idempotent. */
  close(): void
}
