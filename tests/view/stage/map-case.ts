import { render, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import type { Machine } from '../../../src/core/machine';
import { blockKind, blockState } from '../../../src/drawing/block-state';
import { gridColumns } from '../../../src/drawing/cells';
import { kindOfSlot } from '../../../src/drawing/slot-state';
import DiffArea from '../../../src/view/stage/DiffArea.svelte';
import LiveVolume from '../../../src/view/stage/LiveVolume.svelte';
import '../../../src/view/base.css';
import '../../../src/view/tokens.css';

/** Side of a cell: the map is as wide as eight of them with their gaps, 174 pixels or 574. */
const CELLS_PX = { small: 20, large: 70 } as const;

/** What is said on the stage of a machine. */
export interface Looks {
  readonly machine: Machine;
  readonly lookThrough?: number | null;
}

/** A large volume on the page, or its diff area, as a learner and as a painter see it. */
export class MapCase {
  readonly user = userEvent.setup();
  readonly picked: number[] = [];
  readonly acted: number[] = [];
  readonly part: 'live' | 'diff';
  readonly target: HTMLElement;
  #looks: Looks;
  readonly #show: (looks: Looks) => Promise<void>;

  private constructor(part: 'live' | 'diff', target: HTMLElement, looks: Looks) {
    this.part = part;
    this.target = target;
    this.#looks = looks;
    const onfocus = (index: number): void => void this.picked.push(index);
    const onactivate = (index: number): void => void this.acted.push(index);
    const shared = { lens: 'number' as const, selected: null, onfocus, onactivate };
    const propsOf = ({ machine, lookThrough = null }: Looks) =>
      part === 'live' ? { ...shared, machine, lookThrough } : { ...shared, machine, isNarrow: false };
    const { rerender } =
      part === 'live'
        ? render(LiveVolume, { target, props: propsOf(looks) as never })
        : render(DiffArea, { target, props: propsOf(looks) as never });
    this.#show = (next) => rerender(propsOf(next));
  }

  static async open(
    part: 'live' | 'diff',
    looks: Looks,
    size: keyof typeof CELLS_PX = 'small',
  ): Promise<MapCase> {
    const target = document.createElement('div');
    target.style.setProperty('--cell', `${CELLS_PX[size]}px`);
    document.body.append(target);
    const map = new MapCase(part, target, looks);
    await map.painted();
    return map;
  }

  async show(looks: Looks): Promise<void> {
    this.#looks = looks;
    await this.#show(looks);
  }

  get canvas(): HTMLCanvasElement {
    return this.target.querySelector('.surface canvas')!;
  }

  get surface(): HTMLElement {
    return this.target.querySelector(`[data-part="${this.part}"]`)!;
  }

  /** The first picture comes when the map is loaded and the browser has told its size. */
  async painted(): Promise<void> {
    const isPainted = (): boolean => this.pixelAt(...this.#middle()).some((channel) => channel > 0);
    await waitFor(() => expect(isPainted()).toBe(true), { timeout: 20_000 });
    await frameIsOver();
  }

  #middle(): [x: number, y: number] {
    const { width, height } = this.canvas;
    return [Math.floor(width / 2), Math.floor(height / 2)];
  }

  pixelAt(x: number, y: number): readonly number[] {
    if (this.canvas.width === 0) return [];
    return [...this.canvas.getContext('2d')!.getImageData(x, y, 1, 1).data];
  }

  pixels(): Uint32Array {
    const { width, height } = this.canvas;
    const { data } = this.canvas.getContext('2d')!.getImageData(0, 0, width, height);
    return new Uint32Array(data.buffer);
  }

  /** Where the map says that its blocks lie, in pixels of the canvas. */
  get view(): { readonly cell: number; readonly x: number; readonly y: number } {
    const { cell, x, y } = this.surface.dataset;
    return { cell: Number(cell), x: Number(x), y: Number(y) };
  }

  get columns(): number {
    return gridColumns(this.count);
  }

  get count(): number {
    const { settings } = this.#looks.machine;
    return this.part === 'live' ? settings.blockCount : settings.diffVolumeBlocks;
  }

  /** Worked out for each block by itself, by the function that the elements of a small volume are drawn from. */
  kindOf(index: number): string {
    const { machine, lookThrough = null } = this.#looks;
    return this.part === 'live'
      ? blockKind(blockState(machine, index, lookThrough))
      : kindOfSlot(machine, index);
  }

  /** Blocks whose pixel on the canvas is not the colour of their kind in the legend, of all that can be seen. */
  wrongBlocks(): { readonly seen: number; readonly wrong: readonly number[] } {
    const { cell, x, y } = this.view;
    const { width, height } = this.canvas;
    const words = this.pixels();
    const colours = new Map<string, number>();
    const wrong: number[] = [];
    let seen = 0;
    for (let index = 0; index < this.count; index += 1) {
      // Beside the folded corner and above the cross.
      const left = x + (index % this.columns) * cell + Math.floor(cell / 2);
      const top = y + Math.floor(index / this.columns) * cell + Math.floor(cell / 8);
      if (left < 0 || top < 0 || left >= width || top >= height) continue;
      const kind = this.kindOf(index);
      if (!colours.has(kind)) colours.set(kind, this.legendColour(kind));
      if (words[top * width + left] !== colours.get(kind)) wrong.push(index);
      seen += 1;
    }
    return { seen, wrong };
  }

  /** As a word of a picture. */
  legendColour(kind: string): number {
    const sample = this.target.querySelector(`[data-colour="${kind}"]`)!;
    const context = document.createElement('canvas').getContext('2d')!;
    context.fillStyle = getComputedStyle(sample).backgroundColor;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0]!;
  }

  button(name: string): HTMLElement {
    return this.target.querySelector(`button[aria-label="${name}"]`)!;
  }

  async press(name: string, times = 1): Promise<void> {
    for (let press = 0; press < times; press += 1) await this.user.click(this.button(name));
  }

  get grid(): HTMLElement {
    return this.target.querySelector('[role="grid"]')!;
  }

  cell(index: number): HTMLElement | null {
    return this.grid.querySelector(`[data-index="${index}"]`);
  }

  /** The block that has the grid's one tab stop. */
  get reached(): number {
    const stops = this.grid.querySelectorAll<HTMLElement>('[tabindex="0"]');
    expect(stops).toHaveLength(1);
    return Number(stops[0]!.dataset['index']);
  }
}

/** What is done after it is done in no callback of the page. */
export async function frameIsOver(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise((resolve) => setTimeout(resolve));
}

/** The pixels of a picture, as one number. */
export function digestOf(words: Uint32Array): number {
  return words.reduce((digest, word) => (Math.imul(digest, 31) + word) | 0, words.length);
}
