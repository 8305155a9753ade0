import type { FaultNumber } from '../fault';
import { documented, inferred, type Statement } from './statement';

export interface FaultStatements {
  /** What is broken. */
  readonly cause: Statement;
  /** The moment at which the cause is met. */
  readonly whenMet: Statement;
  /** What happens at level ORIGINAL_VOLUME, and that it is these events that say so. */
  readonly outcomeOriginal: Statement;
  readonly outcomeSnapshot: Statement;
  readonly repair: Statement;
  /** Where the documentation is silent, empty or at odds with itself, or where two faults are easily confused. */
  readonly note?: Statement;
}

const FAULT_PAGE = documented('faultPage');
const PAGE_AND_EVENT = documented('faultPage', 'volsnapMessages');
/** The end is documented, the event that announces it is paired with the fault by its wording. */
const DELETED_BY_WORDING = inferred('byWording', 'levelPage', 'volsnapMessages');
const OFFLINE_AND_KEPT = documented('levelPage', 'volsnapMessages');
const MET_WHERE_NEEDED = inferred('whereNeeded', 'levelPage', 'volsnapMessages');
const MEND_AND_CLEAR = inferred('byCause', 'faultPage', 'volsnapMessages');
const ONLY_HINT = inferred('onlyHint', 'volsnapMessages');

/** The standing of every sentence about a fault; the sentences are in src/words. */
export const FAULT_STATEMENTS = {
  1: {
    cause: FAULT_PAGE,
    whenMet: PAGE_AND_EVENT,
    outcomeOriginal: documented('kb940041', 'volsnapMessages'),
    outcomeSnapshot: documented('volsnapMessages'),
    repair: documented('volsnapMessages'),
    note: documented('volsnapMessages'),
  },
  2: {
    cause: FAULT_PAGE,
    whenMet: PAGE_AND_EVENT,
    outcomeOriginal: DELETED_BY_WORDING,
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: MEND_AND_CLEAR,
  },
  3: {
    cause: PAGE_AND_EVENT,
    whenMet: MET_WHERE_NEEDED,
    outcomeOriginal: DELETED_BY_WORDING,
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: MEND_AND_CLEAR,
    note: inferred('impliedByText', 'volsnapMessages', 'clearFaultPage'),
  },
  4: {
    cause: PAGE_AND_EVENT,
    whenMet: MET_WHERE_NEEDED,
    outcomeOriginal: DELETED_BY_WORDING,
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: FAULT_PAGE,
  },
  5: {
    cause: PAGE_AND_EVENT,
    whenMet: MET_WHERE_NEEDED,
    outcomeOriginal: inferred('byWording', 'volsnapMessages', 'kb955543'),
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: documented('volsnapMessages'),
    note: documented('kb955543'),
  },
  6: {
    cause: PAGE_AND_EVENT,
    whenMet: FAULT_PAGE,
    outcomeOriginal: inferred('byWording', 'volsnapMessages', 'eventPage14'),
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: MEND_AND_CLEAR,
  },
  7: {
    cause: PAGE_AND_EVENT,
    whenMet: FAULT_PAGE,
    outcomeOriginal: inferred('byWording', 'volsnapMessages', 'eventPage14'),
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: documented('volsnapMessages'),
    note: PAGE_AND_EVENT,
  },
  8: {
    cause: PAGE_AND_EVENT,
    whenMet: documented('faultPage', 'kb312067'),
    outcomeOriginal: documented('vssOverview', 'kb312067', 'volsnapMessages'),
    outcomeSnapshot: documented('levelPage', 'volsnapMessages', 'fieldCase'),
    repair: PAGE_AND_EVENT,
    note: PAGE_AND_EVENT,
  },
  9: {
    cause: documented('kb940041', 'volsnapMessages'),
    whenMet: documented('kb940041', 'volsnapMessages'),
    outcomeOriginal: documented('kb940041', 'eventPage25', 'volsnapMessages'),
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: documented('volsnapMessages', 'eventPage25'),
    note: documented('faultPage', 'volsnapMessages', 'kb940041'),
  },
  10: {
    cause: PAGE_AND_EVENT,
    whenMet: MET_WHERE_NEEDED,
    outcomeOriginal: inferred('byWording', 'volsnapMessages', 'growthArticle'),
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: MEND_AND_CLEAR,
  },
  11: {
    cause: FAULT_PAGE,
    whenMet: MET_WHERE_NEEDED,
    outcomeOriginal: inferred('impliedByText', 'faultPage', 'levelPage'),
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: documented('volsnapMessages'),
    note: inferred('impliedByText', 'faultPage'),
  },
  12: {
    cause: PAGE_AND_EVENT,
    whenMet: FAULT_PAGE,
    outcomeOriginal: DELETED_BY_WORDING,
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: inferred('byCause', 'eventPage40'),
  },
  13: {
    cause: FAULT_PAGE,
    whenMet: MET_WHERE_NEEDED,
    outcomeOriginal: inferred('byWording', 'volsnapMessages', 'eventPage14'),
    outcomeSnapshot: OFFLINE_AND_KEPT,
    repair: MEND_AND_CLEAR,
    note: inferred('byWording', 'faultPage'),
  },
  14: {
    cause: PAGE_AND_EVENT,
    whenMet: documented('volsnapMessages'),
    outcomeOriginal: documented('volsnapMessages'),
    outcomeSnapshot: documented('volsnapMessages', 'fieldCase'),
    repair: documented('volsnapMessages'),
    note: PAGE_AND_EVENT,
  },
  15: {
    cause: PAGE_AND_EVENT,
    whenMet: documented('volsnapMessages'),
    outcomeOriginal: documented('volsnapMessages'),
    outcomeSnapshot: documented('volsnapMessages'),
    repair: documented('volsnapMessages'),
    note: inferred('impliedByText', 'volsnapMessages'),
  },
  16: {
    cause: ONLY_HINT,
    whenMet: ONLY_HINT,
    outcomeOriginal: ONLY_HINT,
    outcomeSnapshot: inferred('followsFromLevel', 'levelPage', 'faultPage'),
    repair: ONLY_HINT,
    note: PAGE_AND_EVENT,
  },
} satisfies Record<FaultNumber, FaultStatements>;
