/** The hostile member's page, as a test handles it. What a test calls by `page.evaluate` gives values only. */
export interface HostileEnd {
  /** Opens the vault that the app filled here, and is linked to the family's founder when it resolves. */
  begin(): Promise<void>
  /** The seed of this device, for whoever it falls in the hands of. */
  deviceSeed(): Promise<string>
  /** From now on this one writes as that device too. */
  takeOver(seed: string): Promise<void>
  /** Whether somebody was removed, and it was said what of theirs still counts (G6): within a second or so. */
  isSomebodyCut(): boolean
  /** A Link of its own to the founder’s device: whatever was refused before is forgotten. */
  meet(): Promise<void>
  isLinked(): boolean
  /** Digests of all pages of the open rooms, as the founder’s device tells them after all that was said to it before. */
  pagesThere(): Promise<string>
  /** Does what is called so in one of the lists of attacks. */
  attack(title: string): Promise<void>
  /** An honest message in the general room. */
  say(text: string): void
  /** The texts in the general room. */
  lines(): string[]
  /** Changes its own profile, as anybody may. */
  rename(name: string): Promise<void>
  /** Sends so many frames that say nothing good, and waits until they were looked at. How many a second. */
  flood(frames: number, kinds: readonly FloodKind[]): Promise<number>
}

/** `pending`: may be good once more has come. `refused`: never; every few of them cost the Link. */
export type FloodKind = 'pending' | 'refused'

declare global {
  interface Window {
    hostileEnd?: HostileEnd
  }
}
