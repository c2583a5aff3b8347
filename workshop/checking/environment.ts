// What is said to the code under test through the environment, and taken back afterwards: whatever
// runs later in this process has not been asked.

/** What `work` gives, with these variables set while it runs. One run at a time. */
export async function withEnvironment<T>(
  variables: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  Object.assign(process.env, variables)
  try {
    return await work()
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name]
  }
}
