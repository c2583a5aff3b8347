// Code in a lecture: a declaration, or a test, of a file of the repository, named and never copied.
// ```ts solutions/03-idempotent-business-logic/orders.ts#addItem

import { parseAst } from 'vitest/node'
import type { Filled, Filler, Place, Sources } from './filling.ts'

const pattern = /^ts ([a-z0-9./-]+\.ts)#(.+)$/

export const regions: Filler = {
  usage: 'ts PATH#NAME, with the name of a declaration or the beginning of a test',
  fills: ({ block }) => pattern.test(block.info),
  fill: (places, sources) => Promise.resolve(places.map((place) => filled(place, sources))),
}

function filled(place: Place, { files }: Sources): Filled {
  const [, path = '', name = ''] = pattern.exec(place.block.info) ?? []
  const source = files.get(path)
  if (source === undefined) return { place, problem: `expected a file ${path}, got none` }
  const text = regionOf(source, name)
  if (text !== undefined) return { place, text }
  return { place, problem: `expected ${path} to declare ${name}, or to test it; it does not` }
}

/** A comment that ends where the text ends: of one kind or of the other. */
const commentPattern = /(?<![^\n])(?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\n|(?:\/\/.*\n)+)$/

/** The statement at the top of a file that declares `name`, with the comment above it; or the test
 *  whose name begins so. */
export function regionOf(source: string, name: string): string | undefined {
  const statement = parseAst(source, { lang: 'ts' }).body.find(
    (one) => namesOf(one).includes(name) || testOf(one)?.startsWith(name),
  )
  if (!statement) return undefined
  const [comment = ''] = commentPattern.exec(source.slice(0, statement.start)) ?? []
  return comment + source.slice(statement.start, statement.end)
}

type Statement = ReturnType<typeof parseAst>['body'][number]

function namesOf(statement: Statement): readonly string[] {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  if (declared?.type === 'VariableDeclaration') {
    return declared.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
  }
  if (!declared || !('id' in declared) || declared.id?.type !== 'Identifier') return []
  return [declared.id.name]
}

function testOf(statement: Statement): string | undefined {
  if (statement.type !== 'ExpressionStatement') return undefined
  const { expression } = statement
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier')
    return undefined
  const [name] = expression.arguments
  if (expression.callee.name !== 'test' || name?.type !== 'Literal') return undefined
  return String(name.value)
}
