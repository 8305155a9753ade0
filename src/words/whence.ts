import type { FaultNumber } from '../core/fault';

/** Where what is in the laboratory comes from, and the way back there. */
export const WHENCE_WORDS = {
  lesson: (title: string) => `This machine belongs to the lesson “${title}”.`,
  ownLesson: 'This machine belongs to the lesson of a file.',
  backToLesson: 'Back to the lesson',
  run: (fault: FaultNumber, label: string) => `This is the run of fault ${fault}, ${label}.`,
  backToFault: (fault: FaultNumber) => `To the page of fault ${fault}`,
} as const;
