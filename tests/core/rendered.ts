/** Bytes that a log makes, where no volume brought any along. */
import { renderContent, type Recipe } from '../../src/core/content';

export function rendered(recipe: Recipe): Uint8Array<ArrayBuffer> {
  if (recipe.kind === 'stored') throw new Error(`content ${recipe.index} came with start ${recipe.start}`);
  return renderContent(recipe);
}
