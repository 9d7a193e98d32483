/** The check of the start, run as benches are. */
export { run } from '../scripts/start-check.ts'
