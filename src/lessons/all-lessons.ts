import type { Lesson } from '../core/lesson/lesson';
import { MET_AT_ONCE } from './faults/at-once';
import { MET_BY_COPY } from './faults/at-copy';
import { MET_BY_GROWTH } from './faults/at-growth';
import { MET_ONLINE } from './faults/at-online';
import { lessonOfFault } from './faults/ladder';
import { BLOCKS } from './foundations/blocks';
import { DELETING_IN_THE_MIDDLE } from './foundations/deleting-in-the-middle';
import { FILLING_AND_GROWING } from './foundations/filling-and-growing';
import { FIRST_WRITE } from './foundations/first-write';
import { NEWER_AREAS } from './foundations/newer-areas';
import { NOT_PROMISED } from './foundations/not-promised';
import { OTHER_SYSTEMS } from './foundations/other-systems';
import { RESTART_RACE } from './foundations/restart-race';
import { SECOND_WRITE } from './foundations/second-write';
import { TWO_PROMISES } from './foundations/two-promises';
import { UNUSED_TRAP } from './foundations/unused-trap';
import { WAYS_OUT } from './foundations/ways-out';

/** In the order in which they build on each other. */
export const FOUNDATIONS: readonly Lesson[] = [
  BLOCKS,
  FIRST_WRITE,
  SECOND_WRITE,
  NEWER_AREAS,
  DELETING_IN_THE_MIDDLE,
  FILLING_AND_GROWING,
  TWO_PROMISES,
  RESTART_RACE,
  WAYS_OUT,
  UNUSED_TRAP,
  NOT_PROMISED,
  OTHER_SYSTEMS,
];

/** The ladder of each fault, by its number. */
export const FAULT_LESSONS: readonly Lesson[] = [
  ...MET_ONLINE,
  ...MET_BY_COPY,
  ...MET_BY_GROWTH,
  ...MET_AT_ONCE,
]
  .toSorted((one, other) => one.fault - other.fault)
  .map(lessonOfFault);
