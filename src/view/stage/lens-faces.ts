import { renderContent } from '../../core/content';
import type { History } from '../../core/history';
import { ageShade } from '../../drawing/age';
import { glyphPath, hashOfBytes } from '../../drawing/fingerprint-glyph';
import type { Faces } from './faces';

/** Per history and world: the figures worked out so far, by stamp. A stamp keeps its bytes as long as its history. */
const figures = new WeakMap<History, Map<number, string>[]>();

function figuresOf(history: History, worldIndex: number): Map<number, string> {
  const known = figures.get(history) ?? history.scenario.worlds.map(() => new Map<number, string>());
  figures.set(history, known);
  return known[worldIndex]!;
}

/** `oldest`: how many writes ago the oldest content can have been written, in any of the worlds. */
export function facesOf(history: History, worldIndex: number, nextStamp: number, oldest: number): Faces {
  const known = figuresOf(history, worldIndex);
  return {
    figureOf: (stamp) => {
      const figure =
        known.get(stamp) ?? glyphPath(hashOfBytes(renderContent(history.recipeOf(worldIndex, stamp))));
      known.set(stamp, figure);
      return figure;
    },
    shadeOf: (stamp) => ageShade(nextStamp - stamp, oldest),
  };
}
