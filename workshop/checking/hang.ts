// Bounds a run of tests. A handler that loops for ever blocks its thread, and no time limit of a
// test ends it from within; from outside, the wait for it is given up.

/** The tests did not come to an end. Their thread cannot be stopped: end the process after this. */
export class TestsHang extends Error {
  override readonly name = 'TestsHang'
}

/** What `work` gives, or a `TestsHang` after `limitMs` milliseconds. */
export async function endWithin<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new TestsHang(
          `expected the tests to end within ${limitMs / 1000} s, got no end. This is usually a ` +
            'loop that never leaves a handler: look for a condition that stays true. Then start again',
        ),
      )
    }, limitMs)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
