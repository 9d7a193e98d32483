import { expect, test } from 'vitest'
import type { LanguageChoice } from '../../ui/language/language-choice.ts'
import { useLanguageChoice, type LanguagePort } from './useLanguageChoice.ts'

/** A browser in which English is here and everything else has to be fetched, which it is when `arrive` says so. */
const createBrowser = (kept: LanguageChoice = 'system') => {
  const spoken: LanguageChoice[] = []
  const waiting = new Map<LanguageChoice, () => void>()
  let asked: LanguageChoice = kept
  const port: LanguagePort = {
    read: () => kept,
    choose: async (choice, load) => {
      asked = choice
      if (choice !== 'en') await load(() => Promise.resolve(choice))
      spoken.push(choice)
    },
    load: async (load) => {
      const language = asked
      await new Promise<void>((resolve) => waiting.set(language, resolve))
      return load()
    },
  }
  return { port, spoken, arrive: (language: LanguageChoice) => waiting.get(language)?.() }
}

test('ux 37: what was chosen in this browser is shown, and what is chosen now is spoken when its words are here', async () => {
  const { port, spoken, arrive } = createBrowser('es')
  const { choice, choose } = useLanguageChoice(port)
  expect(choice.value).toBe('es')
  const chosen = choose('de')
  expect(choice.value).toBe('de')
  expect(spoken).toEqual([])
  arrive('de')
  await chosen
  expect(spoken).toEqual(['de'])
})

test('ux 37: the latest wish wins, though an earlier one comes after it', async () => {
  const { port, spoken, arrive } = createBrowser()
  const { choice, choose } = useLanguageChoice(port)
  const wishes = [choose('ar'), choose('de'), choose('en')]
  arrive('de')
  arrive('ar')
  await Promise.all(wishes)
  expect(spoken).toEqual(['en'])
  expect(choice.value).toBe('en')
})

test('what goes wrong otherwise is not swallowed', async () => {
  const { port } = createBrowser()
  const broken: LanguagePort = { ...port, choose: () => Promise.reject(new Error('a bug')) }
  await expect(useLanguageChoice(broken).choose('de')).rejects.toThrow('a bug')
})
