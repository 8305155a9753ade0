import type { FaultNumber } from '../fault';
import { documented, inferred, type Statement } from './statement';

export type EventSeverity = 'error' | 'warning' | 'information';
type EventChannel = 'System' | 'Microsoft-Windows-VolumeSnapshot-Driver/Operational';

export interface EventEntry {
  readonly severity: EventSeverity;
  readonly channel: EventChannel;
  /** The protection fault that the event reports; its ID is 79 + that number. */
  readonly fault: FaultNumber | null;
  readonly statements: { readonly text: Statement; readonly severity: Statement };
}

const MESSAGE = documented('volsnapMessages');

/** The severity is the top of the message identifier: 0xC, 0x8, 0x4. */
function logged(severity: EventSeverity, fault: FaultNumber | null = null): EventEntry {
  return { severity, channel: 'System', fault, statements: { text: MESSAGE, severity: MESSAGE } };
}

/** Operational messages carry no severity in their identifier; their wording tells. */
function operational(severity: EventSeverity): EventEntry {
  return {
    severity,
    channel: 'Microsoft-Windows-VolumeSnapshot-Driver/Operational',
    fault: null,
    statements: { text: MESSAGE, severity: inferred('byWording', 'volsnapMessages') },
  };
}

/** Events of source volsnap that the laboratory logs or mentions. Fault 16 has none of its own. */
export const EVENT_ENTRIES = {
  6: logged('error'),
  13: logged('error'),
  14: logged('error'),
  15: logged('error'),
  16: logged('error'),
  22: logged('error'),
  23: logged('error'),
  24: logged('warning'),
  25: logged('error'),
  27: logged('error'),
  28: logged('error'),
  29: logged('error'),
  32: logged('error'),
  33: logged('information'),
  35: logged('error'),
  36: logged('error'),
  38: logged('warning'),
  58: logged('information'),
  80: logged('error', 1),
  81: logged('error', 2),
  82: logged('error', 3),
  83: logged('error', 4),
  84: logged('error', 5),
  85: logged('error', 6),
  86: logged('error', 7),
  87: logged('error', 8),
  88: logged('error', 9),
  89: logged('error', 10),
  90: logged('error', 11),
  91: logged('error', 12),
  92: logged('error', 13),
  93: logged('error', 14),
  94: logged('error', 15),
  106: operational('information'),
  113: operational('information'),
  119: operational('error'),
} satisfies Record<number, EventEntry>;

export type EventId = keyof typeof EVENT_ENTRIES;
