/** What people say: about 60 characters each, no two alike. */
export const typicalMessages = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => `We meet at seven by the old bridge, bring the lantern no. ${index}`,
  )
