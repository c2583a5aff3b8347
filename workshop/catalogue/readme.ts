// What the page of an exercise says, by its parts: the hints, what holds once it is done, what is
// open then. Empty where a page has no such part.

export type Hint = {
  /** `Where to look` */
  readonly title: string
  readonly text: string
}

/** The folded hints, in their order. */
export const hintsOf = (readme: string): readonly Hint[] =>
  [...readme.matchAll(/<details><summary>(.*?)<\/summary>(.*?)<\/details>/gs)].map(
    ([, title = '', text = '']) => ({ title: title.trim(), text: text.trim() }),
  )

/** The text below a heading of the second level, up to the next one. */
export function sectionOf(readme: string, heading: string): string {
  const [, ...sections] = readme.split(/^## /m)
  const found = sections.find((section) => section.startsWith(`${heading}\n`)) ?? ''
  return found.slice(heading.length).trim()
}

/** What "Done when" promises: one sentence for each line of its list. */
export function guaranteesOf(readme: string): readonly string[] {
  const [, ...items] = sectionOf(readme, 'Done when').split(/^- /m)
  return items.map((item) => asSentence(plain(item.split('\n\n')[0] ?? '')))
}

/** What "What comes next" says first: the hole that is left. */
export const openQuestionOf = (readme: string): string =>
  plain(sectionOf(readme, 'What comes next').split('\n\n')[0] ?? '')

/** Markdown of one paragraph as one line of text. */
export const plain = (markdown: string): string =>
  markdown
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(?<![\w*])[*_]([^*_]+)[*_](?![\w*])/g, '$1')
    .replaceAll('**', '')
    .replaceAll('`', '')
    .replaceAll(/\s+/g, ' ')
    .trim()

const asSentence = (text: string): string => {
  const ended = text.replace(/(;|,| and|; and)$/, '').replace(/[;.]$/, '')
  return `${ended.charAt(0).toUpperCase()}${ended.slice(1)}.`
}
