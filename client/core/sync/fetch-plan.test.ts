import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logLimits } from '../../../shared/limits.ts'
import type { Link, LogId } from '../ports.ts'
import { createFetchPlan, type WantedPage } from './fetch-plan.ts'

const log = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const links = ['left', 'right', 'third'].map((name) => ({ name }) as unknown as Link)

test('Y5: no page is asked of two links at once, no link has too many questions, and all that is wanted is asked', () => {
  const step = fc.record({
    type: fc.constantFrom('want' as const, 'answer' as const, 'cut' as const),
    link: fc.nat(2),
    page: fc.nat(9),
    again: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const open: { link: Link; wanted: WantedPage }[] = []
      const answeredOf = new Map<Link, Set<number>>()
      const wantedOf = new Map<Link, Set<number>>(links.map((link) => [link, new Set()]))
      const plan = createFetchPlan((link, wanted) => {
        expect(open.some((other) => other.wanted.page === wanted.page)).toBe(false)
        open.push({ link, wanted })
        expect(open.filter((other) => other.link === link).length).toBeLessThanOrEqual(
          logLimits.syncQuestions,
        )
      })
      const answer = (again: boolean) => {
        const question = open.shift()
        if (!question) return
        if (!again)
          answeredOf.set(
            question.link,
            (answeredOf.get(question.link) ?? new Set()).add(question.wanted.page),
          )
        plan.answered(question.link, question.wanted, again)
      }
      for (const { type, link: index, page, again } of steps) {
        const link = links[index]
        if (!link) continue
        if (type === 'want') {
          wantedOf.get(link)?.add(page)
          answeredOf.get(link)?.delete(page)
          plan.want(link, { log, page })
        } else if (type === 'answer') answer(again)
        else {
          wantedOf.get(link)?.clear()
          for (let i = open.length - 1; i >= 0; i--) if (open[i]?.link === link) open.splice(i, 1)
          plan.forget(link)
        }
      }
      while (open.length > 0) answer(false)
      for (const [link, wanted] of wantedOf) {
        for (const page of wanted)
          expect(answeredOf.get(link)?.has(page), 'asked and answered in the end').toBe(true)
      }
    }),
  )
})

test('an answer nobody asked for changes nothing', () => {
  const asked: number[] = []
  const plan = createFetchPlan((_, { page }) => asked.push(page))
  const [left, right] = links
  if (!left || !right) throw new Error('no links')
  plan.want(left, { log, page: 1 })
  plan.answered(right, { log, page: 1 }, true)
  plan.answered(left, { log, page: 2 }, true)
  expect(asked).toEqual([1])
})

test('Y5: whoever never answers keeps a page from nobody for long', () => {
  const asked: Link[] = []
  const plan = createFetchPlan((link) => asked.push(link))
  const [silent, other] = links as [Link, Link]
  const wanted = { log, page: 0 }
  plan.want(silent, wanted)
  plan.want(other, wanted)
  plan.giveUpOld()
  expect(asked).toEqual([silent])
  plan.giveUpOld()
  expect(asked).toEqual([silent, other])
  // The late answer of the first is no answer to what the second was asked.
  plan.answered(silent, wanted, true)
  plan.giveUpOld()
  plan.answered(other, wanted, false)
  plan.giveUpOld()
  expect(asked).toEqual([silent, other])
})

test('Y5: whoever is answering slowly is not asked for again elsewhere, but not for ever', () => {
  const asked: Link[] = []
  const plan = createFetchPlan((link) => asked.push(link))
  const [slow, other] = links as [Link, Link]
  const wanted = { log, page: 0 }
  plan.want(slow, wanted)
  plan.want(other, wanted)
  for (let i = 0; i < logLimits.maxComparisonsAsked; i++) {
    plan.heard(slow)
    plan.giveUpOld()
  }
  expect(asked).toEqual([slow])
  plan.heard(slow)
  plan.giveUpOld()
  expect(asked).toEqual([slow, other])
})

test('Y5: what a link was asked that has closed is asked of nobody else until all that it brought has been judged', () => {
  const asked: Link[] = []
  const plan = createFetchPlan((link) => asked.push(link))
  const [closed, other] = links as [Link, Link]
  plan.want(closed, { log, page: 0 })
  plan.want(other, { log, page: 0 })
  plan.leave(closed)
  expect(asked).toEqual([closed])
  plan.forget(closed)
  expect(asked).toEqual([closed, other])
})
