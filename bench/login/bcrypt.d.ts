/** bcrypt brings no types; this is what the benches use of it. */
declare module 'bcrypt' {
  const bcrypt: {
    hash(password: string, cost: number): Promise<string>
    compare(password: string, hash: string): Promise<boolean>
  }
  export default bcrypt
}
