import type { LessonProgress } from '../../formats/progress';
import type { FaultNumber } from '../../core/fault';
import type { Branch } from '../../core/laboratory';

/** What a branch was opened for; `null`: for nothing but itself. */
type Whence =
  { readonly kind: 'lesson'; readonly id: string } | { readonly kind: 'fault'; readonly fault: FaultNumber };

/** A lesson is known by the branches it stands on, a run by its origin; forks come from where their root does. */
export function whenceOf(
  branch: Branch,
  branches: readonly Branch[],
  lessons: readonly LessonProgress[],
): Whence | null {
  const line = lineOf(branch, branches);
  const isOn = ({ places, benches = [] }: LessonProgress): boolean =>
    [...places.map((place) => place.branch), ...benches].some((own) => line.some(({ id }) => id === own));
  const lesson = lessons.findLast(isOn);
  if (lesson !== undefined) return { kind: 'lesson', id: lesson.id };
  const origin = line.at(-1)?.origin;
  return origin?.kind === 'fault' ? { kind: 'fault', fault: origin.fault } : null;
}

/** A branch, the one that it forked off, and so on to the first. */
function lineOf(branch: Branch, branches: readonly Branch[]): readonly Branch[] {
  const line = [branch];
  for (let origin = branch.origin; origin.kind === 'fork';) {
    const { branch: id } = origin;
    const parent = branches.find((other) => other.id === id);
    if (parent === undefined || line.includes(parent)) break;
    line.push(parent);
    origin = parent.origin;
  }
  return line;
}
