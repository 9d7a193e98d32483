import { encodeQR } from 'qr'

/** White modules around the code, without which a camera does not find it (ISO/IEC 18004). */
const quietModules = 4

export interface QrDrawing {
  /** Modules along one side, the quiet ones included. */
  size: number
  /** What to fill, as the `d` of an SVG path: a strip for each run of dark modules. */
  path: string
}

export const drawQr = (text: string): QrDrawing => {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quietModules })
  const strips = rows.flatMap((row, y) => {
    const found: string[] = []
    for (let x = 0; x < row.length; x++) {
      const from = x
      while (row[x]) x++
      if (x > from) found.push(`M${from} ${y}h${x - from}v1H${from}z`)
    }
    return found
  })
  return { size: rows.length, path: strips.join('') }
}
