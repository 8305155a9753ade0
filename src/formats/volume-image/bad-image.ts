import type { ImageFlaw, ImageProblem, ImageStructure } from '../../core/image-problem';
import { failure, success, type Result } from '../../core/result';

/**
 * A problem deep in a chain of blocks ends the whole reading. It never leaves this folder: `guarded` makes it the value
 * that it is everywhere else.
 */
export class BadImage extends Error {
  readonly problem: ImageProblem;

  constructor(problem: ImageProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

export function damaged(structure: ImageStructure, offset: number, flaw: ImageFlaw): BadImage {
  return new BadImage({ kind: 'damaged', structure, offset, flaw });
}

/** The gate out of the reader. */
export async function guarded<Value>(work: () => Promise<Value>): Promise<Result<Value, ImageProblem>> {
  try {
    return success(await work());
  } catch (error) {
    if (error instanceof BadImage) return failure(error.problem);
    throw error;
  }
}
