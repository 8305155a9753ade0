import { select, type BaseType, type Selection } from 'd3';
import type { Table } from '../../../src/core/table';

/** The control: what a page draws that uses d3 as its introductions do, an element for each block and a join a frame. */
export class D3Blocks {
  readonly #blocks: number;
  readonly #columns: number;
  readonly #svg: Selection<SVGSVGElement, unknown, null, undefined>;
  #rects: Selection<BaseType, number, SVGSVGElement, unknown> | null = null;

  constructor(target: HTMLElement, blocks: number) {
    this.#blocks = blocks;
    this.#columns = Math.ceil(Math.sqrt(blocks));
    this.#svg = select(target)
      .append('svg')
      .attr('width', 302)
      .attr('height', 302)
      .attr('viewBox', `0 0 ${this.#columns} ${this.#columns}`);
  }

  /** Makes the elements, a part at a time; says how many there are when time has run out. */
  async make(longestMs: number): Promise<number> {
    const end = performance.now() + longestMs;
    const part = 10_000;
    for (let made = 0; made < this.#blocks; made += part) {
      if (performance.now() > end) return made;
      const stamps = Array.from({ length: Math.min(this.#blocks, made + part) - made }, () => 0);
      const first = made;
      this.#svg
        .append('g')
        .selectAll('rect')
        .data(stamps)
        .join('rect')
        .attr('x', (_, index) => (first + index) % this.#columns)
        .attr('y', (_, index) => Math.floor((first + index) / this.#columns))
        .attr('width', 0.9)
        .attr('height', 0.9)
        .attr('fill', '#e3e7ee');
      await new Promise(requestAnimationFrame);
    }
    return this.#blocks;
  }

  show(stamps: Table): void {
    const data = Array.from({ length: this.#blocks }, (_, block) => stamps.get(block));
    this.#rects ??= this.#svg.selectAll<BaseType, number>('rect');
    this.#rects = this.#rects.data(data).join('rect');
    this.#rects.attr('fill', (stamp) => (stamp === 0 ? '#e3e7ee' : '#007a59'));
  }
}
