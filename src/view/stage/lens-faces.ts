import { hashOfBytes, renderContent, type Recipe } from '../../core/content';
import type { History } from '../../core/history';
import { ageShade } from '../../drawing/age';
import { glyphPath } from '../../drawing/fingerprint-glyph';
import type { Faces } from './faces';

/** Per history and world: the figures worked out so far, by stamp. A stamp keeps its bytes as long as its history. */
const figures = new WeakMap<History, Map<number, string>[]>();

function figuresOf(history: History, worldIndex: number): Map<number, string> {
  const known = figures.get(history) ?? history.scenario.worlds.map(() => new Map<number, string>());
  figures.set(history, known);
  return known[worldIndex]!;
}

interface KnownFaces {
  readonly nextStamp: number;
  readonly oldest: number;
  readonly faces: Faces;
}

/** The latest faces of each figure book: asked for in every frame, and almost always the same. */
const latest = new WeakMap<Map<number, string>, KnownFaces>();

/** `oldest`: how many writes ago the oldest content can have been written, in any of the worlds. */
export function facesOf(history: History, worldIndex: number, nextStamp: number, oldest: number): Faces {
  const known = figuresOf(history, worldIndex);
  const before = latest.get(known);
  if (before?.nextStamp === nextStamp && before.oldest === oldest) return before.faces;
  const faces = makeFaces(history, worldIndex, known, nextStamp, oldest);
  latest.set(known, { nextStamp, oldest, faces });
  return faces;
}

function makeFaces(
  history: History,
  worldIndex: number,
  known: Map<number, string>,
  nextStamp: number,
  oldest: number,
): Faces {
  return {
    figureOf: (stamp) => {
      const figure = known.get(stamp) ?? glyphPath(hashOf(history.recipeOf(worldIndex, stamp)));
      known.set(stamp, figure);
      return figure;
    },
    shadeOf: (stamp) => ageShade(nextStamp - stamp, oldest),
  };
}

function hashOf(recipe: Recipe): number {
  return recipe.kind === 'stored' ? recipe.hash : hashOfBytes(renderContent(recipe));
}
