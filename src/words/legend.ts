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
