/** Colour as people see it: OKLCH and sRGB (CSS Color 4), and how well one colour stands out from another (WCAG 2.2). */

/** `#rrggbb`, in small letters. */
export type Hex = `#${string}`

export interface Oklch {
  /** 0 to 1. */
  lightness: number
  /** 0 (grey) to about 0.37. */
  chroma: number
  /** Degrees. */
  hue: number
}

type Triple = readonly [number, number, number]

/** Undefined for what is no colour of that form. */
export const parseHex = (text: unknown): Hex | undefined =>
  typeof text === 'string' && /^#[0-9a-f]{6}$/i.test(text) ? (text.toLowerCase() as Hex) : undefined

const toLinear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
const fromLinear = (part: number): number =>
  part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055

const linearOf = (hex: Hex): Triple => {
  const bits = Number.parseInt(hex.slice(1), 16)
  return [toLinear((bits >> 16) / 255), toLinear(((bits >> 8) & 0xff) / 255), toLinear((bits & 0xff) / 255)]
}

const hexOf = (linear: Triple): Hex => {
  const parts = linear.map((part) => Math.round(fromLinear(Math.min(1, Math.max(0, part))) * 255))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** How much light it gives, 0 to 1. */
export const luminanceOf = (hex: Hex): number => {
  const [red, green, blue] = linearOf(hex)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** 1 (the same) to 21 (black on white). */
export const contrastOf = (one: Hex, other: Hex): number => {
  const [first, second] = [luminanceOf(one), luminanceOf(other)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

export const oklchOf = (hex: Hex): Oklch => {
  const [red, green, blue] = linearOf(hex)
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
  return {
    lightness: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    chroma: Math.hypot(a, b),
    hue: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360,
  }
}

const linearOfOklch = ({ lightness, chroma, hue }: Oklch): Triple => {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

const slack = 0.0005
const isShown = (linear: Triple): boolean => linear.every((part) => part >= -slack && part <= 1 + slack)

/** The nearest colour of that lightness and hue that a screen can show: what is too vivid loses chroma, nothing else. */
export const hexOfOklch = (wanted: Oklch): Hex => {
  const lightness = Math.min(1, Math.max(0, wanted.lightness))
  const asWanted = linearOfOklch({ ...wanted, lightness })
  if (isShown(asWanted)) return hexOf(asWanted)
  let [least, most] = [0, wanted.chroma]
  for (let round = 0; round < 14; round += 1) {
    const chroma = (least + most) / 2
    if (isShown(linearOfOklch({ ...wanted, lightness, chroma }))) least = chroma
    else most = chroma
  }
  return hexOf(linearOfOklch({ ...wanted, lightness, chroma: least }))
}
