import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { afterEach, expect, test } from 'vitest'
import { catalogue as german } from '../../ui/language/de/catalogue.ts'
import { catalogue as english } from '../../ui/language/en/catalogue.ts'
import { i18n, speak } from '../../ui/language/language.ts'
import SentenceText from './SentenceText.vue'
import type { Sentence } from './sentence.ts'

afterEach(() => speak('en', english))

const draw = async (sentence: Sentence) => {
  const html = await renderToString(createSSRApp({ render: () => h(SentenceText, { sentence }) }).use(i18n))
  return html.replaceAll(/<!--.*?-->/gu, '')
}

test('ux 37: names stand apart, where each language puts them', async () => {
  const added: Sentence = { key: 'chat.event.added.otherOther', parts: { who: 'Mia', whom: '<b>ليلى' } }
  expect(await draw(added)).toBe('<bdi>Mia</bdi> added <bdi>&lt;b&gt;ليلى</bdi>')
  speak('de', german)
  expect(await draw(added)).toBe('<bdi>Mia</bdi> hat <bdi>&lt;b&gt;ليلى</bdi> hinzugefügt')
  expect(await draw({ key: 'chat.event.created.you', parts: {} })).toBe('Du hast diesen Raum angelegt')
})
