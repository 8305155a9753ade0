/** A strip of the timeline, in pixels from its upper edge. */
export interface Strip {
  readonly y: number;
  readonly height: number;
}

export type LaneName = 'commands' | 'snapshots' | 'fill' | 'faults' | 'verdicts';

/** Where the lanes lie: one strip for the commands, one a world for everything else; none where a lane is left out. */
export interface LanePlan {
  /** Above the lanes, for what is said about a place. */
  readonly words: Strip;
  readonly lanes: Readonly<Record<LaneName, readonly Strip[]>>;
  /** Below them: how far the play head has come. */
  readonly axis: Strip;
}

// Heights in sixteenths of the size of the text.

const WORDS = 14;
const COMMANDS = 11;
const AXIS = 4;
const GAP = 3;

/** Of the strip of one world, where there are two of them and where there is one. */
const HEIGHTS: Readonly<Record<Exclude<LaneName, 'commands'>, readonly [two: number, one: number]>> = {
  snapshots: [6, 8],
  fill: [12, 20],
  faults: [11, 12],
  verdicts: [7, 9],
};

/** What a narrow screen leaves out. */
const WIDE_ONLY: ReadonlySet<LaneName> = new Set(['snapshots', 'verdicts']);

/** Lays the lanes out in `height` pixels. */
export function planLanes(worlds: number, isNarrow: boolean, height: number): LanePlan {
  let y = WORDS;
  const strips = (size: number, count: number): Strip[] => {
    const made = Array.from({ length: count }, (_, index) => ({ y: y + index * size, height: size }));
    y += count * size + GAP;
    return made;
  };
  const lane = (name: keyof typeof HEIGHTS): Strip[] =>
    isNarrow && WIDE_ONLY.has(name) ? [] : strips(HEIGHTS[name][worlds > 1 ? 0 : 1], worlds);
  const lanes = {
    commands: strips(COMMANDS, 1),
    snapshots: lane('snapshots'),
    fill: lane('fill'),
    faults: lane('faults'),
    verdicts: lane('verdicts'),
  };
  const unit = height / (y + AXIS);
  const scaled = (strip: Strip): Strip => scaledStrip(strip, unit);
  return {
    words: scaled({ y: 0, height: WORDS }),
    lanes: {
      commands: lanes.commands.map(scaled),
      snapshots: lanes.snapshots.map(scaled),
      fill: lanes.fill.map(scaled),
      faults: lanes.faults.map(scaled),
      verdicts: lanes.verdicts.map(scaled),
    },
    axis: scaled({ y, height: AXIS }),
  };
}

/** On whole pixels, so that thin things stay crisp, and a pixel apart from the next strip. */
function scaledStrip({ y, height }: Strip, unit: number): Strip {
  const top = Math.round(y * unit);
  return { y: top, height: Math.max(1, Math.round((y + height) * unit) - top - 1) };
}
