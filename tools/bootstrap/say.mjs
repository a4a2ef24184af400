// What the bootstrap says goes to stderr: stdout belongs to the program that it starts.

/** Something is missing that only a person can bring. Its message is one line that says what. */
export class Missing extends Error {}

/** One line of progress. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** End with the one line of a `Missing`; anything else is a bug, and ends with its stack. */
export async function orSayWhatIsMissing(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    say(error.message);
    process.exit(1);
  }
}
