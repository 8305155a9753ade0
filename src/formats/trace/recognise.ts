import {
  TRACE_FORMATS,
  type TraceConfidence,
  type TraceFormat,
  type TraceSurvey,
} from '../../core/replay/trace';
import { BLKPARSE_ACTIONS } from './blkparse';
import type { TraceReading } from './parsers';
import { TraceReader } from './trace-reader';

/** How much of a file is enough to tell what it is. */
export const TRACE_HEAD_BYTES = 65_536;

/** At least this part of the lines must make sense for a format to be considered. */
const LEAST_SHARE = 0.5;

/** Records closer than this on average cannot be nanoseconds: DiskSim's milliseconds are likelier. */
const LEAST_GAP = 1000;

export interface Recognition {
  readonly reading: TraceReading;
  readonly confidence: TraceConfidence;
  /** The formats that fit exactly as well. */
  readonly alternatives: readonly TraceFormat[];
}

interface Candidate {
  readonly reading: TraceReading;
  readonly survey: TraceSurvey;
  /** Lines that made sense. */
  readonly understood: number;
}

/**
 * Tells what a file is by what its beginning says, never by its name: it is read in every format.
 * @param head the first `TRACE_HEAD_BYTES` of the file, or all of a shorter one
 * @returns `null` when it is no trace in any of the formats
 */
export function recogniseTrace(head: Uint8Array): Recognition | null {
  const candidates = TRACE_FORMATS.map((format) => tryFormat(head, format)).filter((found) => found !== null);
  const named = candidates.find(({ survey }) => survey.headers > 0);
  if (named !== undefined) return { reading: named.reading, confidence: 'certain', alternatives: [] };
  const most = Math.max(...candidates.map(({ understood }) => understood));
  const [best, ...others] = likeliestFirst(candidates.filter(({ understood }) => understood === most));
  if (best === undefined) return null;
  const alternatives = others.map(({ reading }) => reading.format);
  return { reading: best.reading, confidence: others.length > 0 ? 'ambiguous' : 'likely', alternatives };
}

function tryFormat(head: Uint8Array, format: TraceFormat): Candidate | null {
  const actions = format === 'blkparse' ? BLKPARSE_ACTIONS : BLKPARSE_ACTIONS.slice(0, 1);
  for (const blkparseAction of actions) {
    const reading = { format, blkparseAction };
    const survey = surveyHead(head, reading);
    const refused = Object.values(survey.unparsed).reduce((sum, count) => sum + count, 0);
    const understood = survey.lines - survey.blank - refused;
    const isShare = understood >= LEAST_SHARE * (survey.lines - survey.blank);
    if (isShare && (survey.records > 0 || survey.headers > 0)) return { reading, survey, understood };
  }
  return null;
}

function surveyHead(head: Uint8Array, reading: TraceReading): TraceSurvey {
  const reader = new TraceReader(reading);
  reader.push(head);
  return reader.end();
}

/** Where five columns of whole numbers fit several simulators, how fast the records follow tells which is likelier. */
function likeliestFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  const disksim = candidates.find(({ reading }) => reading.format === 'disksim');
  if (disksim === undefined) return candidates;
  const { times, records } = disksim.survey;
  const isDense = (times?.span ?? 0) < LEAST_GAP * (records - 1);
  return isDense ? [disksim, ...candidates.filter((candidate) => candidate !== disksim)] : candidates;
}
