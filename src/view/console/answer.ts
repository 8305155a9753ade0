import type { Command } from '../../core/command';
import { existingSnapshots, type Area, type Machine } from '../../core/machine';
import type { WorldId } from '../../core/scenario';
import type { ConsoleRequest } from '../../formats/console-line';
import { creationTimeOf, identityOf, volumeIdentifierOf } from '../../formats/volume-image/snapshot-identity';
import { textOfFiletime } from '../../formats/volume-image/filetime';
import {
  bannerLines,
  CONSOLE_WORDS,
  helpLines,
  protectHelpLines,
  protectionLines,
  providerLines,
  shadowLines,
  storageLines,
  volumeLines,
  type NamedShadow,
  type NamedVolumes,
} from '../../words/console';

/** What the console does with a request: it answers, or it asks the machine, perhaps after a question. */
export type ConsoleAnswer =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'act'; readonly commands: readonly Command[]; readonly question: string | null };

/** The same identifiers that an exported image of this machine carries. */
export function shadowOf(world: WorldId, machine: Machine, area: Area): NamedShadow {
  const origin = { world, settings: machine.settings };
  const { copy, copySet } = identityOf(origin, area);
  return {
    snapshot: area.snapshot,
    identifier: copy,
    setIdentifier: copySet,
    createdAt: textOfFiletime(creationTimeOf(area)) ?? '',
  };
}

function volumesOf(world: WorldId, { settings }: Machine): NamedVolumes {
  const live = volumeIdentifierOf({ world, settings });
  return { live, diff: `${live.slice(0, -1)}d` };
}

export function answerConsole(world: WorldId, machine: Machine, request: ConsoleRequest): ConsoleAnswer {
  const volumes = volumesOf(world, machine);
  const shadows = existingSnapshots(machine).map((area) => shadowOf(world, machine, area));
  switch (request.kind) {
    case 'help':
      return lines(...helpLines());
    case 'listShadows':
      return listed(...shadowLines(shadows.filter(isNamed(request.shadow)), volumes));
    case 'listShadowStorage':
      return listed(...storageLines(machine, volumes));
    case 'listVolumes':
      return listed(...volumeLines(machine, volumes));
    case 'listProviders':
      return listed(...providerLines());
    case 'notSimulated':
      return listed(CONSOLE_WORDS.notSimulated(request.command));
    case 'createShadow':
      return act({ type: 'createSnapshot' });
    case 'resizeShadowStorage':
      return act({ type: 'resizeDiffArea', maximumBlocks: request.maximumBlocks });
    case 'deleteShadows':
      return deletion(shadows, request);
    case 'protectHelp':
      return lines(...protectHelpLines());
    case 'protectShow':
      return lines(...protectionLines(machine));
    case 'protectLevel':
      return act({ type: 'setProtectionLevel', level: request.level });
    case 'protectClear':
      return act({ type: 'clearProtectionFault' });
    case 'protectDeleteUnused':
      return act({ type: 'deleteUnusedDiffAreas' });
  }
}

/** A shadow copy by its ID, with or without braces; `null`: any. */
function isNamed(wanted: string | null): (shadow: NamedShadow) => boolean {
  const identifier = wanted?.replace(/^\{|\}$/g, '').toLowerCase();
  return (shadow) => identifier === undefined || shadow.identifier.toLowerCase() === identifier;
}

function deletion(
  shadows: readonly NamedShadow[],
  { which, isQuiet }: ConsoleRequest & { readonly kind: 'deleteShadows' },
): ConsoleAnswer {
  const chosen =
    which === 'all'
      ? shadows
      : which === 'oldest'
        ? shadows.slice(0, 1)
        : shadows.filter(isNamed(which.shadow));
  if (chosen.length === 0) return listed(CONSOLE_WORDS.nothing);
  const commands = chosen.map(({ snapshot }) => ({ type: 'deleteSnapshot', snapshot }) as const);
  return { kind: 'act', commands, question: isQuiet ? null : CONSOLE_WORDS.confirm(chosen.length) };
}

function lines(...text: readonly string[]): ConsoleAnswer {
  return { kind: 'lines', lines: text };
}

function listed(...text: readonly string[]): ConsoleAnswer {
  return lines(...bannerLines(), ...text);
}

function act(command: Command): ConsoleAnswer {
  return { kind: 'act', commands: [command], question: null };
}
