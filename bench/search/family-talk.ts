import { createSeededRandom } from '../../client/core/testing/seeded-random.ts'
import type { Saying } from '../../client/core/search/saying.ts'
import type { AccountId } from '../../shared/identifiers.ts'
import { toBase64Url } from '../../shared/crypto/base64url.ts'

interface Language {
  often: readonly string[]
  syllables: readonly string[]
  /** How much of the talk is in it, of 100. */
  share: number
  joiner: string
}

const languages: readonly Language[] = [
  {
    share: 55,
    joiner: ' ',
    often:
      'the to and you a I it is we at in for of that on have with are what not be tomorrow do can was will so they dinner train home lake come today grandma school photo love bring who birthday'.split(
        ' ',
      ),
    syllables: 'ba con der ing ment so ter ly pre al ti on ver est wa ken ro sing gar den'.split(' '),
  },
  {
    share: 20,
    joiner: ' ',
    often:
      'ich und die der das wir nicht ist es zu in den mit auf für dich morgen heute schön Abendessen Größe Zug kommst Oma Schule Brot Fahrrad Geburtstag über Straße müssen können'.split(
        ' ',
      ),
    syllables: 'ge ver schaft lich ung bau haus schön tür mann kin der fahr zeug blu men'.split(' '),
  },
  {
    share: 10,
    joiner: ' ',
    often:
      'que de la el en y los no una por con mañana hoy abuela cena escuela playa cumpleaños foto niños casa tren quiero vamos'.split(
        ' ',
      ),
    syllables: 'ción men te ra do ba rri llo ña pe so lu ces tro pa'.split(' '),
  },
  {
    share: 10,
    joiner: ' ',
    often: 'من في على ما هل غدا اليوم العشاء المدرسة جدتي البيت القطار صورة شكرا حبيبتي إلى أن'.split(' '),
    syllables: 'ال مد رس كت با تي ون ات مس في نا قل'.split(' '),
  },
  {
    share: 5,
    joiner: '',
    often:
      '今日 は 明日 の 天気 が いい ですね 晩ごはん を 食べ ます か 学校 に 行き 写真 おばあちゃん 電車 ありがとう'.split(
        ' ',
      ),
    syllables: '山 川 花 火 水 木 金 土 海 空 雪 犬 猫 庭 町 駅'.split(' '),
  },
]

const wordsPerLanguage = 40_000
export const authors = 24
const tenYearsMs = 10 * 365 * 864e5
const nowMs = Date.UTC(2026, 10, 26)

export const authorOf = (index: number): AccountId => {
  const bytes = new Uint8Array(32)
  bytes[0] = index
  return toBase64Url(bytes) as AccountId
}

/**
 * What a family says in ten years, or something that looks like it to an index: a few words all the time and very many once (Zipf), short
 * messages and a few long ones, four languages with spaces and one without, links, numbers, many authors. One after the other, the oldest
 * first; always the same.
 */
export const createSayings = (count: number): (() => Saying) => {
  const random = createSeededRandom(7)
  const fraction = () => random.below(2 ** 30) / 2 ** 30
  const rareWord = ({ syllables }: Language): string =>
    Array.from({ length: 2 + random.below(3) }, () => syllables[random.below(syllables.length)] ?? '').join(
      '',
    )
  const vocabularies = languages.map((language) => [
    ...language.often,
    ...Array.from({ length: wordsPerLanguage }, () => rareWord(language)),
  ])
  /** By its rank: the second half as often as the first, and so on. */
  const pick = (words: readonly string[]): string =>
    words[Math.floor(words.length ** fraction()) - 1] ?? words[0] ?? ''
  const lengthOf = () => Math.max(1, Math.round(Math.exp(1.7 + 0.9 * gaussian())))
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction())
  const chooseLanguage = (): number => {
    let left = random.below(100)
    return languages.findIndex(({ share }) => (left -= share) < 0)
  }
  let said = 0
  return () => {
    const chosen = chooseLanguage()
    const words = Array.from({ length: Math.min(lengthOf(), 400) }, () => pick(vocabularies[chosen] ?? []))
    if (random.below(40) === 0)
      words.push(` https://${rareWord(languages[0]!)}.example/${random.below(10_000)}`)
    if (random.below(8) === 0) words.push(String(random.below(3_000)))
    const author = Math.floor(authors ** fraction()) - 1
    const seq = said++
    return {
      text: words.join(languages[chosen]?.joiner),
      author: authorOf(author),
      ms: Math.floor(nowMs - tenYearsMs * (1 - seq / count)),
      counter: 0,
      feed: (author + 1) * 2 ** 46,
      seq: seq % 65_536,
      isFixed: false,
    }
  }
}
