/**
 * The fewest nodes from which all others can be reached; those that reach most others first. Of nodes that reach each other in
 * a circle one is enough, and without it nobody would reach them: such a circle is made of links by whoever likes to.
 *
 * The first walk finds an order in which whoever reaches others stands before them (as in Kosaraju's algorithm), the second
 * takes in that order what nobody before reaches. Both without recursion, since a chain is as long as a group is old.
 */
export const findSources = <Node>(nodes: readonly Node[], next: (node: Node) => Iterable<Node>): Node[] => {
  const walk = (from: Node, seen: Set<Node>, leave: (node: Node) => void): void => {
    if (seen.has(from)) return
    seen.add(from)
    const path = [{ node: from, ahead: next(from)[Symbol.iterator]() }]
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const step = here.ahead.next()
      if (step.done === true) {
        path.pop()
        leave(here.node)
      } else if (!seen.has(step.value)) {
        seen.add(step.value)
        path.push({ node: step.value, ahead: next(step.value)[Symbol.iterator]() })
      }
    }
  }

  const left: Node[] = []
  const seenFirst = new Set<Node>()
  for (const node of nodes) walk(node, seenFirst, (one) => void left.push(one))

  const sources: { node: Node; reached: number }[] = []
  const seen = new Set<Node>()
  for (const node of left.reverse()) {
    if (seen.has(node)) continue
    const before = seen.size
    walk(node, seen, () => undefined)
    sources.push({ node, reached: seen.size - before })
  }
  return sources.sort((one, other) => other.reached - one.reached).map(({ node }) => node)
}
