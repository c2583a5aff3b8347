// How long texts are in UTF-8. Each message has dozens of them, and nearly all are short.

/** Whether `text` has at most `most` bytes in UTF-8. Known without counting where it is short, as a
 *  character has three at most. */
export const fitsIn = (text: string, most: number): boolean =>
  text.length * 3 <= most || Buffer.byteLength(text) <= most
