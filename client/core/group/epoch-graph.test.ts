import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findSources } from './epoch-graph.ts'

type Edges = readonly (readonly [number, number])[]

const graph = fc.integer({ min: 0, max: 9 }).chain((count) =>
  fc.record({
    nodes: fc.constant(Array.from({ length: count }, (_nothing, node) => node)),
    edges: count === 0 ? fc.constant<Edges>([]) : fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1))),
  }),
)
const nextIn = (edges: Edges) => (node: number) => edges.filter(([from]) => from === node).map(([, to]) => to)

/** All that can be reached, counted in the simplest way. */
const reach = (from: readonly number[], edges: Edges): Set<number> => {
  const reached = new Set(from)
  for (let size = -1; size !== reached.size;) {
    size = reached.size
    for (const [one, other] of edges) if (reached.has(one)) reached.add(other)
  }
  return reached
}

test('G3: the sources reach everything, and without one of them something is out of reach, circles or not', () => {
  fc.assert(
    fc.property(graph, ({ nodes, edges }) => {
      const sources = findSources(nodes, nextIn(edges))
      expect(reach(sources, edges)).toEqual(new Set(nodes))
      for (const left of sources) {
        const others = sources.filter((source) => source !== left)
        expect(reach(others, edges).has(left)).toBe(false)
      }
    }),
  )
})

test('G3: a chain of a hundred thousand and a circle as long are no trouble', () => {
  const count = 100_000
  const nodes = Array.from({ length: count }, (_nothing, node) => node)
  const before = (node: number) => (node === 0 ? [] : [node - 1])
  expect(findSources(nodes, before)).toEqual([count - 1])
  expect(findSources(nodes, (node) => [(node + 1) % count])).toHaveLength(1)
})

test('G3: what reaches most comes first', () => {
  const edges: Edges = [
    [5, 4],
    [4, 3],
    [2, 1],
  ]
  expect(findSources([0, 1, 2, 3, 4, 5], nextIn(edges))).toEqual([5, 2, 0])
})
