// Big letters, five lines high, of the character `#` alone, so that any font can draw them. The
// alphabet is what verdicts, failure codes and clocks are written with: A to Z, 0 to 9, colon.

const height = 5

const alphabet = `
A .##. #..# #### #..# #..#
B ###. #..# ###. #..# ###.
C .### #... #... #... .###
D ###. #..# #..# #..# ###.
E #### #... ###. #... ####
F #### #... ###. #... #...
G .### #... #.## #..# .###
H #..# #..# #### #..# #..#
I ### .#. .#. .#. ###
J ..## ...# ...# #..# .##.
K #..# #.#. ##.. #.#. #..#
L #... #... #... #... ####
M #...# ##.## #.#.# #...# #...#
N #...# ##..# #.#.# #..## #...#
O .##. #..# #..# #..# .##.
P ###. #..# ###. #... #...
Q .##. #..# #..# #.## .###
R ###. #..# ###. #.#. #..#
S .### #... .##. ...# ###.
T ##### ..#.. ..#.. ..#.. ..#..
U #..# #..# #..# #..# .##.
V #...# #...# #...# .#.#. ..#..
W #...# #...# #.#.# ##.## #...#
X #...# .#.#. ..#.. .#.#. #...#
Y #...# .#.#. ..#.. ..#.. ..#..
Z ##### ...#. ..#.. .#... #####
0 .##. #..# #..# #..# .##.
1 .#. ##. .#. .#. ###
2 ###. ...# .##. #... ####
3 ###. ...# .##. ...# ###.
4 #..# #..# #### ...# ...#
5 #### #... ###. ...# ###.
6 .##. #... ###. #..# .##.
7 #### ...# ..#. .#.. .#..
8 .##. #..# .##. #..# .##.
9 .##. #..# .### ...# .##.
: . # . # .
`

const letters: ReadonlyMap<string, readonly string[]> = new Map(
  alphabet
    .trim()
    .split('\n')
    .map((line) => {
      const [letter = '', ...rows] = line.split(' ')
      return [letter, rows.map((row) => row.replaceAll('.', ' '))]
    }),
)

/** `text` in big letters, each of its words (`_` and blanks separate them) in five lines of its
 *  own, twice as wide where all of them have room in `columns`. A word that has none even so, or
 *  that has other characters, stays as it is. */
export function bigLetters(text: string, columns: number): readonly string[] {
  const words = text.split(/[_ ]+/).filter(Boolean)
  const fits = (scale: number): boolean => words.every((word) => widthOf(word, scale) <= columns)
  const scale = fits(2) ? 2 : 1
  return words.flatMap((word, index) => {
    const isBig =
      word.split('').every((letter) => letters.has(letter)) && widthOf(word, 1) <= columns
    return [...(index === 0 ? [] : ['']), ...(isBig ? rowsOf(word, scale) : [word])]
  })
}

function rowsOf(word: string, scale: number): readonly string[] {
  return Array.from({ length: height }, (_, row) =>
    word
      .split('')
      .map((letter) =>
        (letters.get(letter)?.[row] ?? '').replaceAll(/./g, (dot) => dot.repeat(scale)),
      )
      .join(' '.repeat(scale))
      .trimEnd(),
  )
}

function widthOf(word: string, scale: number): number {
  const widths = word.split('').map((letter) => letters.get(letter)?.[0]?.length ?? 1)
  return scale * (widths.reduce((sum, one) => sum + one, 0) + word.length - 1)
}
