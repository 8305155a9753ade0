import { waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, createMachine, existingSnapshots, type Machine } from '../../../src/core/machine';
import { BLOCK_BITS, blockState } from '../../../src/drawing/block-state';
import { cellRect, type StageGeometry } from '../../../src/drawing/geometry';
import { measureStage, watchStage } from '../../../src/view/stage/measure';
import { STAGE_WORDS } from '../../../src/words/stage';
import { liveCell } from '../../../src/drawing/cells';
import { lifeOf, livedMachine, machineOf } from '../../drawing/machines';
import { distance, VISIONS } from '../colour';
import { violationsIn } from '../violations';
import { digestOf, frameIsOver, MapCase } from './map-case';

const SIZES = [300, 5_000, 70_000];

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

/** Waits until every block that can be seen has the colour of its kind; says how many those are. */
async function agreed(map: MapCase): Promise<number> {
  await waitFor(() => expect(map.wrongBlocks().wrong).toEqual([]));
  return map.wrongBlocks().seen;
}

function firstSnapshot(machine: Machine): number {
  return existingSnapshots(machine)[0]!.snapshot;
}

describe.each(SIZES)('a volume of %i blocks', (count) => {
  test('has every block in the colour of its kind, and nothing beside the map', async () => {
    const map = await MapCase.open('live', { machine: livedMachine(count, 2) }, 'large');

    expect(await agreed(map)).toBe(count);
    const { x, y, cell } = map.view;
    const drawn = Math.ceil(map.count / map.columns) * map.columns * cell ** 2;
    const painted = map.pixels().filter((word) => word !== 0).length;
    expect(painted).toBeGreaterThanOrEqual(count * cell ** 2);
    expect(painted).toBeLessThanOrEqual(drawn);
    expect([x, y].every((start) => start >= 0)).toBe(true);
  });

  test('looked at through a snapshot, too', async () => {
    const machine = livedMachine(count, 3);
    const map = await MapCase.open('live', { machine, lookThrough: firstSnapshot(machine) }, 'large');

    expect(await agreed(map)).toBe(count);
    expect(map.target.textContent).toContain('from the live volume');
  });

  test('is the same after many changes as painted at once', async () => {
    const machines = [...lifeOf(count, 8, 60)];
    const last = machines.at(-1)!;
    const map = await MapCase.open('live', { machine: machines[0]! }, 'large');
    for (const machine of machines) await map.show({ machine });
    const atOnce = await MapCase.open('live', { machine: last }, 'large');

    expect(await agreed(map)).toBe(count);
    expect(digestOf(map.pixels())).toBe(digestOf(atOnce.pixels()));
  });

  test('has its diff area in the colours of its slots', async () => {
    const map = await MapCase.open('diff', { machine: livedMachine(count * 2, 4) }, 'large');

    expect(await agreed(map)).toBe(count);
  });

  test('agrees at every zoom that shows single blocks', async () => {
    const map = await MapCase.open('live', { machine: livedMachine(count, 5) });
    const seen: number[] = [];
    while (map.button('Zoom in').ariaDisabled !== 'true') {
      await map.press('Zoom in');
      if (map.view.cell >= 1) seen.push(await agreed(map));
    }

    expect(map.view.cell).toBe(24);
    expect(seen.length).toBeGreaterThan(1);
    expect(Math.min(...seen)).toBeGreaterThan(20);
  });
});

test('the legend counts every block once', async () => {
  const machine = livedMachine(5_000, 2);
  const map = await MapCase.open('live', { machine });
  const told = [...map.target.querySelectorAll<HTMLElement>('li:not([hidden])')].map((row) => ({
    kind: row.querySelector<HTMLElement>('[data-colour]')!.dataset['colour']!,
    count: Number(row.querySelector('b')!.textContent.replaceAll(',', '')),
  }));

  expect(told.length).toBeGreaterThan(2);
  for (const { kind, count } of told) {
    const blocks = Array.from({ length: 5_000 }, (_, block) => map.kindOf(block));
    expect(count).toBe(blocks.filter((other) => other === kind).length);
  }
});

test('64 blocks are elements, drawn from the same states', async () => {
  const machine = livedMachine(64, 6);
  const looks = [null, firstSnapshot(machine)];
  for (const lookThrough of looks) {
    const { LiveVolume, render } = await elementsOf();
    const { container } = render(LiveVolume, {
      ...{ machine, lookThrough, lens: 'number' as const, selected: null },
      ...{ onfocus: () => {}, onactivate: () => {} },
    });
    const cells = [...container.querySelectorAll<HTMLElement>('[role="gridcell"]')];
    expect(cells).toHaveLength(64);
    expect(container.querySelector('canvas')).toBeNull();
    for (const cell of cells) {
      const block = Number(cell.dataset['index']);
      const state = blockState(machine, block, lookThrough);
      const { classList } = cell.firstElementChild!;
      for (const [name, bit] of [
        ['written', BLOCK_BITS.written],
        ['needed', BLOCK_BITS.needed],
        ['bad', BLOCK_BITS.bad],
        ['own', BLOCK_BITS.ownArea],
        ['newer', BLOCK_BITS.newerArea],
      ] as const) {
        expect(classList.contains(name), `block ${block} ${name}`).toBe((state & bit) !== 0);
      }
    }
  }
});

async function elementsOf() {
  const [{ render }, { default: LiveVolume }] = await Promise.all([
    import('@testing-library/svelte'),
    import('../../../src/view/stage/LiveVolume.svelte'),
  ]);
  return { render, LiveVolume };
}

/** Kinds that can lie side by side. */
const NEIGHBOURS = [
  ['live', ['blank', 'written', 'bad']],
  ['live', ['blankNeeded', 'needed', 'copied', 'bad']],
  ['live', ['ownArea', 'newerArea', 'pastLive', 'pastBlank', 'bad']],
  ['diff', ['free', 'usedOdd', 'usedEven', 'retained', 'growing', 'available', 'beyondMaximum']],
] as const;

test.each(['light', 'dark'])('in the %s theme kinds stay apart for everybody', async (theme) => {
  document.documentElement.dataset['theme'] = theme;
  const machine = livedMachine(5_000, 2);
  const maps = {
    live: await MapCase.open('live', { machine }),
    diff: await MapCase.open('diff', { machine }),
  };
  const alike: string[] = [];
  for (const [part, kinds] of NEIGHBOURS) {
    const hexOf = (kind: string): string => hexOfWord(maps[part].legendColour(kind));
    for (const [index, kind] of kinds.entries()) {
      for (const other of kinds.slice(index + 1)) {
        for (const vision of Object.keys(VISIONS) as (keyof typeof VISIONS)[]) {
          if (distance(hexOf(kind), hexOf(other), vision) < 0.06) alike.push(`${kind}, ${other}: ${vision}`);
        }
      }
    }
  }
  expect(alike).toEqual([]);
});

function hexOfWord(word: number): string {
  const channels = [...new Uint8Array(Uint32Array.of(word).buffer)].slice(0, 3);
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

describe('a canvas that is lost', () => {
  test('is painted again when the browser gives it back', async () => {
    const map = await MapCase.open('live', { machine: livedMachine(5_000, 2) }, 'large');
    const before = digestOf(map.pixels());
    map.canvas.dispatchEvent(new Event('contextlost'));
    map.canvas.getContext('2d')!.clearRect(0, 0, map.canvas.width, map.canvas.height);
    expect(digestOf(map.pixels())).not.toBe(before);

    map.canvas.dispatchEvent(new Event('contextrestored'));

    await waitFor(() => expect(digestOf(map.pixels())).toBe(before));
  });

  test('is painted in the new colours when the theme changes, where the map stands', async () => {
    document.documentElement.dataset['theme'] = 'light';
    const map = await MapCase.open('live', { machine: livedMachine(5_000, 2) }, 'large');
    await map.press('Zoom in', 2);
    await map.press('Move down');
    const { view } = map;
    const light = map.legendColour('needed');

    document.documentElement.dataset['theme'] = 'dark';

    expect(await agreed(map)).toBeGreaterThan(100);
    expect(map.legendColour('needed')).not.toBe(light);
    expect(map.view).toEqual(view);
  });

  test('has nothing to show while it has no size, and the present when it has one again', async () => {
    const machines = [...lifeOf(5_000, 9, 30)];
    const map = await MapCase.open('live', { machine: machines[0]! }, 'large');
    map.target.style.display = 'none';
    await waitFor(() => expect(map.canvas.width).toBe(0));
    await frameIsOver();
    for (const machine of machines) await map.show({ machine });

    map.target.style.display = '';

    await map.painted();
    expect(await agreed(map)).toBe(5_000);
  });

  test('keeps the middle of the map when it gets another size', async () => {
    const map = await MapCase.open('live', { machine: livedMachine(70_000, 2) }, 'large');
    await map.press('Zoom in', 3);
    await map.press('Move right');
    await map.press('Move down');
    const before = middleOf(map);

    for (const cell of ['50px', '24px', '70px']) {
      const width = map.canvas.width;
      map.target.style.setProperty('--cell', cell);
      await waitFor(() => expect(map.canvas.width).not.toBe(width));
      await frameIsOver();
      expect(await agreed(map)).toBeGreaterThan(100);
      expect(middleOf(map).column).toBeCloseTo(before.column, 0);
      expect(middleOf(map).row).toBeCloseTo(before.row, 0);
    }
  });
});

function middleOf(map: MapCase): { column: number; row: number } {
  const { cell, x, y } = map.view;
  return { column: (map.canvas.width / 2 - x) / cell, row: (map.canvas.height / 2 - y) / cell };
}

describe('the grid beside a map', () => {
  test('is of the whole volume, and has the blocks around the one that is reached', async () => {
    const machine = livedMachine(70_000, 2);
    const map = await MapCase.open('live', { machine }, 'large');
    const cells = [...map.grid.querySelectorAll<HTMLElement>('[role="gridcell"]')];

    expect([map.grid.ariaRowCount, map.grid.ariaColCount]).toEqual(['137', '512']);
    expect(cells).toHaveLength(32);
    for (const cell of cells) {
      const block = Number(cell.dataset['index']);
      expect(cell.ariaLabel).toBe(STAGE_WORDS.liveCell(liveCell(machine, block, null)));
      expect(cell.ariaColIndex).toBe(String((block % 512) + 1));
      expect(cell.closest('[role="row"]')!.ariaRowIndex).toBe(String(Math.floor(block / 512) + 1));
    }
    expect(map.reached).toBe(0);
  });

  test('is walked with the keys from the first block to the last', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
    map.cell(0)!.focus();
    const walk: readonly (readonly [keys: string, block: number])[] = [
      ['{ArrowRight}', 1],
      ['{ArrowDown}', 513],
      ['{End}', 1_023],
      ['{ArrowDown}', 1_535],
      ['{PageDown}', 1_535 + 4 * 512],
      ['{PageUp}', 1_535],
      ['{Home}', 1_024],
      ['{ArrowLeft}', 1_023],
      ['{Control>}{End}{/Control}', 69_999],
      ['{ArrowRight}', 69_999],
      ['{Control>}{Home}{/Control}', 0],
    ];
    for (const [keys, block] of walk) {
      await map.user.keyboard(keys);
      await waitFor(() => expect(document.activeElement).toBe(map.cell(block)));
      expect(map.reached).toBe(block);
    }
    expect(map.picked.at(-1)).toBe(0);

    await map.user.keyboard('{Enter}');

    expect(map.acted).toEqual([0]);
  });

  test('leaves the keys of a clicker alone after a click', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
    const heard: boolean[] = [];
    const hear = (event: Event): void => void heard.push(event.defaultPrevented);
    addEventListener('keydown', hear);
    await map.user.click(map.cell(5)!);
    await map.user.keyboard('{PageDown}{ArrowRight}{PageDown}');
    removeEventListener('keydown', hear);

    expect(heard).toEqual([false, true, true]);
    expect(map.reached).toBe(6 + 4 * 512);
  });

  test('goes to the block of a number, and says which numbers there are', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
    const field = map.target.querySelector('input')!;
    await map.user.type(field, '70000{Enter}');
    await waitFor(() => expect(field).toHaveAccessibleDescription('From 0 to 69,999'));
    expect(field).toBeInvalid();

    await map.user.clear(field);
    await map.user.type(field, '44444{Enter}');

    await waitFor(() => expect(document.activeElement).toBe(map.cell(44_444)));
    expect(field).not.toBeInvalid();
    expect(map.picked.at(-1)).toBe(44_444);
  });

  test('shows the block that is clicked on the map, whatever can be seen of it', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) });
    const { cell } = map.view;
    expect(cell).toBeLessThan(1);
    clickAt(map, 100, 20);
    const far = 512 * Math.floor((20 - map.view.y) / cell) + Math.floor((100 - map.view.x) / cell);
    await waitFor(() => expect(map.reached).toBe(far));
    expect(map.picked).toEqual([far]);
    expect(map.acted).toEqual([]);

    await map.press('Zoom in', 20);
    const near = map.view;
    clickAt(map, 60, 60);

    const block = 512 * Math.floor((60 - near.y) / 24) + Math.floor((60 - near.x) / 24);
    await waitFor(() => expect(map.reached).toBe(block));
  });

  test('is marked on the map, which follows the keys', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
    await map.press('Zoom in', 4);
    map.cell(0)!.focus();
    await map.user.keyboard('{Control>}{End}{/Control}');
    await waitFor(() => expect(map.reached).toBe(69_999));

    const frame = map.target.querySelector('.pane')!.getBoundingClientRect();
    const { left, top, right, bottom } = map.canvas.getBoundingClientRect();
    expect(frame.left).toBeGreaterThan(left);
    expect(frame.left).toBeLessThan(right);
    expect(frame.top).toBeGreaterThan(top);
    expect(frame.top).toBeLessThan(bottom);
  });
});

function clickAt(map: MapCase, x: number, y: number): void {
  const { left, top } = map.canvas.getBoundingClientRect();
  pointer(map, 'pointerdown', left + x, top + y);
  pointer(map, 'pointerup', left + x, top + y);
}

function pointer(map: MapCase, type: string, clientX: number, clientY: number): void {
  const buttons = type === 'pointerup' ? 0 : 1;
  const event = new PointerEvent(type, {
    ...{ clientX, clientY, buttons, bubbles: true, isPrimary: true, pointerId: 1 },
  });
  map.canvas.dispatchEvent(event);
}

describe('a map is moved', () => {
  test('by a drag, which picks nothing', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
    await map.press('Zoom in', 4);
    const before = map.view;
    pointer(map, 'pointerdown', 200, 150);
    pointer(map, 'pointermove', 150, 130);
    pointer(map, 'pointerup', 150, 130);

    await waitFor(() => expect(map.view).toEqual({ ...before, x: before.x - 50, y: before.y - 20 }));
    expect(map.picked).toEqual([]);
  });

  /** `fingers`: where each of them lies on the map. */
  function touch(
    map: MapCase,
    type: string,
    fingers: Readonly<Record<number, readonly [number, number]>>,
  ): void {
    const { left, top } = map.canvas.getBoundingClientRect();
    for (const [id, [x, y]] of Object.entries(fingers)) {
      const event = { pointerId: Number(id), pointerType: 'touch', isPrimary: id === '11', bubbles: true };
      map.canvas.dispatchEvent(
        new PointerEvent(type, { ...event, clientX: left + x, clientY: top + y, buttons: 1 }),
      );
    }
  }

  test('by two fingers, which have the same blocks between them when they spread and when they move', async () => {
    const map = await MapCase.open('live', { machine: livedMachine(70_000, 2) }, 'large');
    await map.press('Zoom in');
    const before = map.view;
    const under = (x: number, y: number) => [
      (x - map.view.x) / map.view.cell,
      (y - map.view.y) / map.view.cell,
    ];
    const [column, row] = under(200, 60);

    touch(map, 'pointerdown', { 11: [180, 60], 12: [220, 60] });
    touch(map, 'pointermove', { 11: [100, 80], 12: [220, 80] });
    await waitFor(() => expect(map.view.cell).toBe(before.cell * 3));
    expect(under(160, 80)).toEqual([expect.closeTo(column!, 0), expect.closeTo(row!, 0)]);
    expect(await agreed(map)).toBeGreaterThan(100);

    touch(map, 'pointermove', { 11: [90, 70], 12: [210, 70] });
    await waitFor(() =>
      expect(under(150, 70)).toEqual([expect.closeTo(column!, 0), expect.closeTo(row!, 0)]),
    );
    expect(map.view.cell).toBe(before.cell * 3);

    // The finger that stays goes on alone, and has picked nothing.
    touch(map, 'pointerup', { 12: [210, 70] });
    const { x, y, cell } = map.view;
    touch(map, 'pointermove', { 11: [70, 60] });
    await waitFor(() => expect(map.view).toEqual({ cell, x: x - 20, y: y - 10 }));
    touch(map, 'pointerup', { 11: [70, 60] });
    expect(map.picked).toEqual([]);
  });

  test('by two fingers that come together, to the whole map and no farther', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
    const whole = map.view;
    await map.press('Zoom in', 4);
    touch(map, 'pointerdown', { 11: [10, 10], 12: [400, 10] });
    touch(map, 'pointermove', { 12: [14, 10] });

    await waitFor(() => expect(map.view).toEqual(whole));
    touch(map, 'pointercancel', { 11: [10, 10], 12: [14, 10] });
    touch(map, 'pointermove', { 11: [200, 10] });
    await frameIsOver();
    expect(map.view).toEqual(whole);
  });

  test('by two fingers without the page, which one finger still moves', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
    const finger = (identifier: number): Touch =>
      new Touch({ identifier, target: map.canvas, clientX: 100 + identifier, clientY: 100 });
    const isLeftToThePage = (...touches: Touch[]): boolean =>
      map.canvas.dispatchEvent(new TouchEvent('touchmove', { touches, bubbles: true, cancelable: true }));

    expect(isLeftToThePage(finger(1))).toBe(true);
    expect(isLeftToThePage(finger(1), finger(2))).toBe(false);
    expect(getComputedStyle(map.surface).touchAction).toBe('pan-x pan-y');
  });

  test('by buttons and by the keys of its toolbar, to the edge and no farther', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
    for (const name of ['Move left', 'Move up', 'Zoom out', 'Whole volume']) {
      expect(map.button(name)).toHaveAttribute('aria-disabled', 'true');
    }
    await map.press('Zoom in', 3);
    expect(map.view).toMatchObject({ x: 0, y: 0 });
    await map.press('Move right');
    expect(map.view.x).toBe(-286);
    const taken: boolean[] = [];
    const hear = (event: Event): void => void taken.push(event.defaultPrevented);
    addEventListener('keydown', hear);
    await map.user.keyboard('{ArrowRight}{ArrowDown}-x');
    removeEventListener('keydown', hear);
    expect(taken).toEqual([true, true, true, false]);
    expect(map.view.x).toBeLessThan(-100);
    await map.user.keyboard('0');

    expect(map.button('Whole volume')).toHaveAttribute('aria-disabled', 'true');
  });

  test('by the wheel with Ctrl only, around the pointer', async () => {
    const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
    const { left, top } = map.canvas.getBoundingClientRect();
    const wheel = (ctrlKey: boolean): boolean =>
      map.canvas.dispatchEvent(
        new WheelEvent('wheel', {
          ...{ deltaY: -120, ctrlKey, bubbles: true, cancelable: true },
          ...{ clientX: left + 400, clientY: top + 100 },
        }),
      );
    const whole = map.view;
    const under = (400 - whole.x) / whole.cell;
    expect(wheel(false)).toBe(true);
    expect(map.view).toEqual(whole);

    expect(wheel(true)).toBe(false);
    wheel(true);

    await waitFor(() => expect(map.view.cell).toBeGreaterThan(2));
    expect((400 - map.view.x) / map.view.cell).toBeCloseTo(under, 0);
  });

  test('by a click in its overview, which is there when not all can be seen', async () => {
    const map = await MapCase.open('live', { machine: livedMachine(70_000, 2) }, 'large');
    expect(map.target.querySelector('.overview')).toBeNull();
    await map.press('Zoom in', 4);
    const overview = map.target.querySelector('.overview')!;
    const { left, top, width, height } = overview.getBoundingClientRect();
    const event = { clientX: left + width / 2, clientY: top + height / 2, buttons: 1, pointerId: 1 };
    overview.dispatchEvent(new PointerEvent('pointerdown', event));

    await waitFor(() => expect(middleOf(map).column).toBeCloseTo(256, -1));
    expect(middleOf(map).row).toBeCloseTo(137 / 2, -1);
  });
});

test('motion finds the blocks where the map shows them', async () => {
  const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
  const measured = (): StageGeometry => measureStage(map.target)!;
  const stage = map.target.getBoundingClientRect();
  const canvas = map.canvas.getBoundingClientRect();
  for (const presses of [0, 3, 4]) {
    await map.press('Zoom in', presses);
    const { cell, x, y } = map.view;
    const block = 40 * 512 + 200;
    const { x: left, y: top, width, height } = cellRect(measured().live, block);
    const middle = { x: canvas.x - stage.x + x + 200.5 * cell, y: canvas.y - stage.y + y + 40.5 * cell };
    const isSeen = middle.x < canvas.right - stage.x && middle.y < canvas.bottom - stage.y;
    if (isSeen) expect([left + width / 2, top + height / 2]).toEqual([middle.x, middle.y].map(closely));
    expect(left + width).toBeLessThanOrEqual(canvas.right - stage.x + 0.01);
    expect(top + height).toBeLessThanOrEqual(canvas.bottom - stage.y + 0.01);
  }
});

function closely(value: number): unknown {
  return expect.closeTo(value, 3);
}

test('a stage is measured again when its map shows another part', async () => {
  const map = await MapCase.open('live', { machine: machineOf(70_000) }, 'large');
  const cells: (number | undefined)[] = [];
  const end = watchStage(map.target, (geometry) => cells.push(geometry?.live.view?.cell));
  await waitFor(() => expect(cells).toEqual([1]));

  await map.press('Zoom in', 2);

  await waitFor(() => expect(cells.at(-1)).toBe(4));
  end();
});

test('a million blocks are there at once, and a point stands for many', async () => {
  const settings = { ...DEFAULT_SETTINGS, blockCount: 1_048_576, diffVolumeBlocks: 262_144 };
  const map = await MapCase.open('live', { machine: createMachine(settings, 'SNAPSHOT') });

  expect(map.target).toHaveTextContent('A point stands for 35 blocks');
  expect(map.target).toHaveTextContent('never written 1,048,576');
  expect(map.canvas.width).toBe(172);
});

test.each(['live', 'diff'] as const)(
  'a map of the %s volume keeps the rules of accessibility',
  async (part) => {
    const map = await MapCase.open(part, { machine: livedMachine(5_000, 2) });
    await map.press('Zoom in', 2);

    expect(await violationsIn(map.target)).toEqual([]);
  },
);
