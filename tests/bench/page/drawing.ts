/** How long it takes to draw a volume that changes in every frame: by the product, and plainly by d3. */
import { flushSync, mount, unmount } from 'svelte';
import { advance } from '../../../src/core/decide/decide';
import type { Command } from '../../../src/core/command';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../../src/core/machine';
import '../../../src/view/base.css';
import '../../../src/view/tokens.css';
import { D3Blocks } from './d3-blocks';
import Drawing from './Drawing.svelte';

const CHANGES_PER_FRAME = 200;
const SEED = 4_711;

/** The first frames show how fast the compiler warms up, and are left out. */
const WARM_UP_FRAMES = 60;
const FRAMES = 300;

/** To make the elements of a volume may take d3 so long. */
const LONGEST_MAKING_MS = 20_000;

export interface DrawingRun {
  readonly blocks: number;
  /** Per frame: until the page's script has done with it. */
  readonly scriptMs: readonly number[];
  /** Per frame: since the one before, whatever kept it. */
  readonly betweenMs: readonly number[];
  /** How many elements had been made when it was given up; `null` when all were. */
  readonly gaveUpAfter: number | null;
}

/** The live volume of the product. */
export async function drawByProduct(blocks: number): Promise<DrawingRun> {
  let machine = machineOf(blocks);
  const target = stageElement();
  let show: (next: Machine) => void = () => {};
  const drawing = mount(Drawing, {
    target,
    props: { start: machine, onready: (shows: typeof show) => (show = shows) },
  });
  await untilDrawn(target);
  const times = await eachFrame((frame) => {
    machine = written(machine, frame);
    const from = performance.now();
    show(machine);
    flushSync();
    return performance.now() - from;
  });
  await unmount(drawing);
  target.remove();
  return { blocks, ...times, gaveUpAfter: null };
}

/** One rectangle for each block, joined to the stamps of the blocks in every frame. */
export async function drawByD3(blocks: number): Promise<DrawingRun> {
  let machine = machineOf(blocks);
  const target = stageElement();
  const drawing = new D3Blocks(target, blocks);
  const made = await drawing.make(LONGEST_MAKING_MS);
  if (made < blocks) {
    target.remove();
    return { blocks, scriptMs: [], betweenMs: [], gaveUpAfter: made };
  }
  const times = await eachFrame((frame) => {
    machine = written(machine, frame);
    const from = performance.now();
    drawing.show(machine.live);
    return performance.now() - from;
  });
  target.remove();
  return { blocks, ...times, gaveUpAfter: null };
}

function machineOf(blockCount: number): Machine {
  const settings = {
    ...DEFAULT_SETTINGS,
    blockCount,
    diffVolumeBlocks: blockCount,
    initialBlocks: blockCount,
    maximumBlocks: null,
  };
  return carriedOut(createMachine(settings, 'SNAPSHOT'), { type: 'createSnapshot' });
}

/** As many writes as can change something in one frame, anywhere in the volume. */
function written(machine: Machine, frame: number): Machine {
  const span = machine.settings.blockCount;
  const writes = Math.min(CHANGES_PER_FRAME, span);
  const where = { order: 'random', block: 0, span, from: frame * writes, writes } as const;
  return carriedOut(machine, { type: 'writeBurst', ...where, seed: SEED });
}

function carriedOut(machine: Machine, command: Command): Machine {
  const advanced = advance(machine, command);
  if (!advanced.ok) throw new Error(`${command.type} was refused: ${advanced.problem.code}`);
  return advanced.value;
}

/** As wide as on a screen of 1,920 pixels. */
function stageElement(): HTMLElement {
  const element = document.createElement('div');
  element.style.setProperty('--cell', '36px');
  document.body.append(element);
  return element;
}

async function untilDrawn(target: HTMLElement): Promise<void> {
  const isDrawn = (): boolean =>
    [...target.querySelectorAll('canvas')].some(({ width }) => width > 1) ||
    target.querySelector('[role="gridcell"]') !== null;
  while (!isDrawn()) await frameBegins();
  await frameBegins();
}

async function eachFrame(
  draw: (frame: number) => number,
): Promise<Pick<DrawingRun, 'scriptMs' | 'betweenMs'>> {
  const scriptMs: number[] = [];
  const betweenMs: number[] = [];
  let beforeMs = await frameBegins();
  for (let frame = 0; frame < WARM_UP_FRAMES + FRAMES; frame += 1) {
    scriptMs.push(draw(frame));
    const nowMs = await frameBegins();
    betweenMs.push(nowMs - beforeMs);
    beforeMs = nowMs;
  }
  return { scriptMs: scriptMs.slice(WARM_UP_FRAMES), betweenMs: betweenMs.slice(WARM_UP_FRAMES) };
}

function frameBegins(): Promise<number> {
  return new Promise(requestAnimationFrame);
}
