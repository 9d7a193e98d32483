import { playLong } from './play-long.ts'

/** npm run torture -- NAME [--messages 2000] [--seed 1]   plays test/torture/NAME.torture.ts in real browsers, with so many messages in all */
playLong('torture', { messages: '2000', seed: '1' })
