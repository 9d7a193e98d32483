import { answerOpaque } from './answer-opaque.ts'
import { createOpaqueEngine } from './opaque-engine.ts'

/**
 * OPAQUE is WebAssembly, which the page's policy forbids; this file alone is served with one that allows it. And it
 * computes for a quarter of a second, in which the screen should not stand still.
 */
const engine = createOpaqueEngine()

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  void answerOpaque(engine, data).then((answer) => {
    if (answer) postMessage(answer)
  })
})
