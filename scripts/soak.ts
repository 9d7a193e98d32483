import { playLong } from './play-long.ts'

/** npm run soak -- NAME [--scale 0.1]   plays test/soak/NAME.soak.ts in real browsers, at a tenth of its length */
playLong('soak', { scale: '1' })
