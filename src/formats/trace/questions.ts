import {
  SECTOR_SIZE_BYTES,
  type TraceFormat,
  type TraceQuestion,
  type TraceSurvey,
} from '../../core/replay/trace';
import type { Recognition } from './recognise';

/** Before Vista partitions began at sector 63, since then at 1 MiB. */
const PARTITION_STARTS = [0, 63 * SECTOR_SIZE_BYTES, 2048 * SECTOR_SIZE_BYTES] as const;

const MOST_DEVICES_OFFERED = 100;

/** What to ask before a trace is replayed; each question has an answer that holds until the user gives another. */
export function questionsAbout(recognition: Recognition, survey: TraceSurvey): readonly TraceQuestion[] {
  const { format } = recognition.reading;
  return [
    ...(recognition.alternatives.length > 0 ? [formatQuestion(format, recognition.alternatives)] : []),
    ...(format === 'mqsim' ? [TIME_UNIT_QUESTION] : []),
    ...(survey.devices.length > 1 ? [deviceQuestion(survey)] : []),
    ...(mayHavePartitions(format, survey) ? [PARTITION_QUESTION] : []),
  ];
}

const TIME_UNIT_QUESTION: TraceQuestion = {
  kind: 'timeUnit',
  choices: ['ns', 'us', 'ps'],
  default: 'ns',
  why: 'setBesideTheTrace',
};

const PARTITION_QUESTION: TraceQuestion = {
  kind: 'partitionOffset',
  choices: PARTITION_STARTS,
  default: PARTITION_STARTS[0],
  why: 'blocksBeginWithTheVolume',
};

function formatQuestion(format: TraceFormat, alternatives: readonly TraceFormat[]): TraceQuestion {
  return { kind: 'format', choices: [format, ...alternatives], default: format, why: 'sameColumns' };
}

function deviceQuestion({ devices }: TraceSurvey): TraceQuestion {
  const places = devices.map((_, place) => place);
  const busiest = places.sort((one, other) => devices[other]!.writes - devices[one]!.writes);
  return {
    kind: 'device',
    choices: [null, ...busiest.slice(0, MOST_DEVICES_OFFERED)],
    default: null,
    why: 'severalDevices',
  };
}

/** Offsets in files know no partitions; fio names a device by its path. */
function mayHavePartitions(format: TraceFormat, { devices }: TraceSurvey): boolean {
  if (format === 'procmon') return false;
  if (format !== 'fio2' && format !== 'fio3') return true;
  return devices.some(({ name }) => name.startsWith('/dev/'));
}
