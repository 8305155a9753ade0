import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { COMMAND_TONES } from '../../../src/drawing/lanes';
import Legend from '../../../src/view/stage/Legend.svelte';
import '../../../src/view/base.css';
import '../../../src/view/tokens.css';
import { LANE_LEGEND } from '../../../src/words/legend';
import { violationsIn } from '../violations';

test('every sign of the lanes is told, and drawn as something that can be seen', async () => {
  const { container } = render(Legend);
  await userEvent.setup().click(screen.getByText('What the signs mean'));

  expect(LANE_LEGEND.map(([sign]) => sign)).toEqual(expect.arrayContaining([...COMMAND_TONES]));
  for (const [sign, meaning] of LANE_LEGEND) {
    const item = screen.getByText(meaning, { exact: false });
    const shapes = [...item.querySelectorAll(`.lane-${sign} :is(rect, path)`)];
    const inks = shapes.flatMap((shape) => {
      const { fill, stroke } = getComputedStyle(shape);
      return [fill, stroke].filter((paint) => paint !== 'none');
    });
    expect(inks.length).toBeGreaterThan(0);
  }
  expect(await violationsIn(container)).toEqual([]);
});

test('no two signs of the lanes look the same', () => {
  const { container } = render(Legend);
  const looks = [...container.querySelectorAll('svg')].map((svg) =>
    [...svg.querySelectorAll('rect, path')].map((shape) => {
      const { fill, stroke, strokeDasharray } = getComputedStyle(shape);
      return [shape.getAttribute('d') ?? shape.getAttribute('height'), fill, stroke, strokeDasharray].join();
    }),
  );
  // A cross is a loss in the lane of the snapshots, and a failure in the one of the requests: the lane says which.
  const different = new Set(looks.map((look) => look.join('\n')));

  expect(looks).toHaveLength(LANE_LEGEND.length);
  expect(different.size).toBe(LANE_LEGEND.length - 1);
});
