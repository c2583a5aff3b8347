// The shape of a lecture: what a room and a presenter can count on, and what is not told before its
// exercise.

import { commandProblems, linkProblems } from '../checking/pages.ts'
import { strangeBlocks } from './fillers.ts'
import type { Sources } from './filling.ts'
import type { Lecture, Slide } from './lecture.ts'
import type { Block } from './page.ts'

const fewestSlides = 8
const mostSlides = 15

/** What is missing or too much, as sentences. Empty where the shape is right. */
export async function shapeProblems(
  lecture: Lecture,
  sources: Sources,
): Promise<readonly string[]> {
  const { slides, blocks } = lecture
  const questions = slides.flatMap((slide) => slide.questions)
  const prose = slides.map((slide) => slide.prose).join('\n')
  const isCount = slides.length >= fewestSlides && slides.length <= mostSlides
  return [
    ...(isCount ? [] : [`expected ${fewestSlides} to ${mostSlides} slides, got ${slides.length}`]),
    ...slides.flatMap(slideProblems),
    ...(questions.length > 0 ? [] : ['expected a question to the room, got none']),
    ...questions
      .filter((question) => !question.includes('?'))
      .map((question) => `expected a question, got "${question}"`),
    ...strangeBlocks(blocks.map((block) => ({ page: lecture, block }))),
    ...blocks.flatMap((block) => spoilerProblems(block, lecture)),
    ...endingProblems(lecture, sources),
    ...commandProblems(prose),
    ...(await linkProblems(lecture.path, prose)),
  ]
}

function slideProblems({ headings, notes, prose, line }: Slide): readonly string[] {
  const here = `line ${line}:`
  return [
    ...(headings.length === 1 ? [] : [`${here} expected one heading, got ${headings.length}`]),
    ...(notes.length === 1 && notes[0] !== ''
      ? []
      : [`${here} expected one text of notes, got ${notes.filter(Boolean).length}`]),
    ...(prose.endsWith('\n')
      ? []
      : [`${here} expected an empty line before the "---" that ends this slide, got text`]),
  ]
}

/** What readers are to find out by themselves is not shown before. */
function spoilerProblems({ info, start }: Block, { front }: Lecture): readonly string[] {
  const [, drawn, whose = ''] = /^space-time (\d\d) (.+)$/.exec(info) ?? []
  const [, solved] = /^ts solutions\/(\d\d)-/.exec(info) ?? []
  const isTold = solved !== undefined || /\b(solution|wrong\/|right\/)/.test(whose)
  const number = drawn ?? solved ?? ''
  const isKnown = front.isBefore ? number < front.exercise : number <= front.exercise
  if (!isTold || isKnown) return []
  return [`line ${start}: expected nothing but the start of ${drawn ?? solved} before it, got more`]
}

function endingProblems({ slides, front }: Lecture, { exercises }: Sources): readonly string[] {
  const exercise = exercises.find(({ number }) => number === front.exercise)
  if (!exercise) {
    const key = front.isBefore ? 'before' : 'after'
    return [`expected "${key}" to name an exercise, got ${front.exercise}`]
  }
  const link = `../exercises/${exercise.folder}/README.md`
  if (slides.at(-1)?.prose.includes(`](${link})`)) return []
  return [`expected the last slide to lead to ${link}, got no such link`]
}
