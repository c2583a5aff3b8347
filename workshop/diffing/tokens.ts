// TypeScript as the words that matter: two texts with the same tokens differ only in white space,
// comments, quotes, semicolons, trailing commas, and in what else a formatter decides.

export type Token = {
  readonly text: string
  /** Which line it begins on, from 0. */
  readonly line: number
}

const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y
const string = /'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?/y
const word = /[\p{ID_Start}$_#@][\p{ID_Continue}$]*|\.?\d[\w.]*/uy
const regex = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y
const sign = /=>|\.\.\.|\?\?=?|\?\.|&&=?|\|\|=?|\*\*=?|[=!]==?|[<>+\-*/%&|^]=|\+\+|--|[\s\S]/uy

/** A slash after one of these ends an expression, and divides. */
const endsExpression = /^(?:[\p{ID_Continue}$)\]}'`]+|#.*)$/u
const beforeExpression = /^(?:return|typeof|case|in|of|await|yield|void|delete|throw|else)$/

/** The tokens of `text`, as a formatter would leave them. Never fails: what is no TypeScript is
 *  cut into characters. */
export function tokensOf(text: string): readonly Token[] {
  const source = text.replaceAll('\r\n', '\n')
  const found: Token[] = []
  let line = 0
  for (let at = 0; at < source.length;) {
    const space = match(blank, source, at)
    const text = space ?? tokenAt(source, at, found.at(-1)?.text)
    if (space === undefined) found.push({ text: plain(text), line })
    line += text.split('\n').length - 1
    at += text.length
  }
  return found
    .filter((_, index) => matters(found, index))
    .map((token, index, all) => unquoted(token, all[index - 1], all[index + 1]))
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  const sticky = new RegExp(pattern)
  sticky.lastIndex = at
  return sticky.exec(source)?.[0]
}

function tokenAt(source: string, at: number, before = ''): string {
  if (source[at] === '`') return templateAt(source, at)
  const divides = endsExpression.test(before.slice(-1)) && !beforeExpression.test(before)
  return (
    match(string, source, at) ??
    match(word, source, at) ??
    (divides ? undefined : match(regex, source, at)) ??
    match(sign, source, at) ??
    source.slice(at, at + 1)
  )
}

/** To its closing backtick; `${...}` may hold further templates. */
function templateAt(source: string, start: number): string {
  const open: ('`' | '{')[] = ['`']
  let at = start + 1
  for (; at < source.length && open.length > 0; at += 1) {
    const inText = open.at(-1) === '`'
    const char = source[at]
    if (char === '\\') at += 1
    else if (char === '`') {
      if (inText) open.pop()
      else open.push('`')
    } else if (inText && char === '$' && source[at + 1] === '{') {
      open.push('{')
      at += 1
    } else if (!inText && char === '{') open.push('{')
    else if (!inText && char === '}') open.pop()
  }
  return source.slice(start, at)
}

/** A string in single quotes, whichever it had. */
function plain(text: string): string {
  if (!/^['"]/.test(text)) return text
  const inside = text.slice(1, text.length > 1 && text.endsWith(text.slice(0, 1)) ? -1 : undefined)
  return `'${inside.replaceAll(/\\(['"])/g, '$1')}'`
}

/** The name of a property may need no quotes. */
function unquoted(token: Token, before?: Token, after?: Token): Token {
  const name = token.text.slice(1, -1)
  const isQuoted = token.text.startsWith("'") && isName(name)
  const isKey = after?.text === ':' && (before?.text === '{' || before?.text === ',')
  return isQuoted && isKey ? { ...token, text: name } : token
}

/** Semicolons, commas before a closing bracket, the first bar of a union, and brackets around the
 *  only parameter of a function come and go with the formatting. */
function matters(tokens: readonly Token[], index: number): boolean {
  const text = (by: number): string => tokens[index + by]?.text ?? ''
  switch (text(0)) {
    case ';':
      return false
    case ',':
      return !/^[)\]}>]$/.test(text(1))
    case '|':
    case '&':
      return !/^(?:[=:(<,[?]|=>|extends|)$/.test(text(-1))
    case '(':
      return !(isName(text(1)) && text(2) === ')' && text(3) === '=>')
    case ')':
      return !(text(-2) === '(' && isName(text(-1)) && text(1) === '=>')
    default:
      return true
  }
}

const isName = (text: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text)
