// What every action works on: one exercise of an open workshop, what was last seen of it, and where
// to tell what happens. Keys of the resident runner and commands share it.

import { join } from 'node:path'
import type { Exercise } from '../catalogue/exercise.ts'
import { type Place, placeOf } from '../progress/place.ts'
import {
  type ExerciseProgress,
  type Progress,
  progressOf,
  slugOf,
  withExercise,
} from '../progress/state.ts'
import { type Emit, type EventOf, type ExerciseName, type RunnerEvent } from './events.ts'
import { nameOf, type Workshop } from './workshop.ts'

export class Desk {
  readonly #emit: Emit
  #workshop: Workshop
  exercise: Exercise
  /** The last result of this session, of this exercise. */
  seen: EventOf<'result'> | undefined

  constructor(workshop: Workshop, exercise: Exercise, emit: Emit) {
    this.#workshop = workshop
    this.exercise = exercise
    this.#emit = emit
  }

  get workshop(): Workshop {
    return this.#workshop
  }

  get name(): ExerciseName {
    return nameOf(this.exercise)
  }

  /** Where the clone is. */
  get place(): Place {
    return placeOf(this.#workshop.place)
  }

  /** Where the reader edits. */
  get folder(): string {
    return join(this.place.root, 'exercises', this.exercise.folder)
  }

  /** Where the solution stands. */
  get solutionFolder(): string {
    return join(this.place.root, 'solutions', this.exercise.folder)
  }

  get slug(): string {
    return slugOf(this.exercise.folder)
  }

  /** What is known of this exercise's reader. */
  get progress(): ExerciseProgress {
    return progressOf(this.#workshop.progress, this.slug)
  }

  emit(event: RunnerEvent): void {
    this.#emit(event)
  }

  /** Notes something about this exercise. */
  note(change: (exercise: ExerciseProgress) => ExerciseProgress): Promise<void> {
    const { slug } = this
    return this.noteAll((progress) => withExercise(progress, slug, change))
  }

  /** Notes something about all. Another command may have noted something meanwhile: it is kept. */
  async noteAll(change: (progress: Progress) => Progress): Promise<void> {
    const progress = await this.#workshop.file.update(change)
    this.#workshop = { ...this.#workshop, progress }
  }

  /** Takes up another exercise. */
  async goTo(exercise: Exercise): Promise<void> {
    this.exercise = exercise
    this.seen = undefined
    await this.noteAll((progress) => ({ ...progress, current: slugOf(exercise.folder) }))
  }
}
