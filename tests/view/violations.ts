import axe from 'axe-core';
import '../../src/view/tokens.css';
import '../../src/view/base.css';

/** What a checker of accessibility finds wrong with a part of the page; it stands in no landmark of a whole page. */
export async function violationsIn(element: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(element, { rules: { region: { enabled: false } } });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
