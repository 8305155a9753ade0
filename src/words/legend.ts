type Sign =
  | 'content'
  | 'needed'
  | 'slot'
  | 'free'
  | 'available'
  | 'beyond'
  | 'new'
  | 'old'
  | 'ghost'
  | 'changed'
  | 'broken'
  | 'met';

/** The signs of the stage, in the order in which one meets them: what stands, then what moves, then what goes wrong. */
export const LEGEND: readonly (readonly [sign: Sign, face: string, meaning: string])[] = [
  ['content', '4', 'a block, with the number of the write that made its content'],
  ['needed', '', 'a snapshot still reads this block here: its next overwrite copies it first'],
  ['slot', '1', 'a saved block, and below it the snapshot it was saved for'],
  ['free', '', 'a free slot'],
  ['available', '', 'room to grow into'],
  ['beyond', '', 'beyond the maximum'],
  ['new', '5', 'the new content of a write, on its way'],
  ['old', '2', 'an old block on its way to its slot'],
  ['ghost', '', 'overwritten, and the write not yet answered'],
  ['changed', '⌜⌟', 'what the last step changed'],
  ['broken', '⚠', 'broken, and not met yet'],
  ['met', '✕', 'here a fault was met'],
];

type LaneSign =
  | 'plain'
  | 'copy'
  | 'snapshot'
  | 'cause'
  | 'outcome'
  | 'lives'
  | 'lost'
  | 'fill'
  | 'limit'
  | 'standing'
  | 'completed'
  | 'failed'
  | 'parting'
  | 'closer';

/** The signs of the timeline's lanes, from the top one down. */
export const LANE_LEGEND: readonly (readonly [sign: LaneSign, meaning: string])[] = [
  ['plain', 'a command without a copy'],
  ['copy', 'a write that copies old blocks'],
  ['snapshot', 'a command about a snapshot'],
  ['cause', 'something breaks or is repaired, or protection changes'],
  ['outcome', 'snapshots are lost, or the volume is blocked'],
  ['lives', 'a snapshot exists'],
  ['lost', 'snapshots are lost here'],
  ['fill', 'the diff area: what is used, and above it the line of what is allocated'],
  ['limit', 'the limit of the diff area'],
  ['standing', 'a fault stands, from where it was met until it is cleared'],
  ['completed', 'requests that are answered'],
  ['failed', 'requests that fail'],
  ['parting', 'from here on the two worlds differ'],
  ['closer', 'quiet steps, drawn closer together'],
];
