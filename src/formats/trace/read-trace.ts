import type { ReplayReport } from '../../core/replay/replay';
import type { TraceSurvey } from '../../core/replay/trace';

/** What was seen in a trace; and what copy-on-write would have copied, if that was asked for. */
export interface ReadTrace {
  readonly survey: TraceSurvey;
  readonly report: ReplayReport | null;
}
