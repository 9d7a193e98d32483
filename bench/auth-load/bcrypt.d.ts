/** The two functions the peer needs; the package has no types of its own. */
declare module 'bcrypt' {
  export const hash: (password: string, cost: number) => Promise<string>
  export const compare: (password: string, hash: string) => Promise<boolean>
}
