import type { Damage, EngineProblem, LinkProblem, StorageProblem } from '../core/problem';
import { counted, grouped, WORLD_NAMES } from './phrase';
import { sentenceOfRefusal } from './refusals';

/** Why the laboratory is not kept in the browser's database. */
export function sentenceOfStorageProblem(problem: StorageProblem): string {
  switch (problem.kind) {
    case 'unavailable':
      return 'This browser gives the page no database (a private window, or a setting).';
    case 'blocked':
      return 'Another window holds the database in an older form. Close it and reload.';
    case 'otherTab':
      return 'The laboratory is open in another tab, which has the database for itself.';
    case 'newerFormat':
      return `The stored laboratory was written by a newer version (format ${problem.format}). It was left untouched.`;
    case 'quota':
      return 'The browser has no more room for this page.';
    case 'aborted':
      return 'The browser could not complete a transaction.';
    case 'closed':
      return 'The browser has closed the database.';
  }
}

export function sentenceOfEngineProblem(problem: EngineProblem): string {
  switch (problem.kind) {
    case 'refused':
      return sentenceOfRefusal(problem.refusal);
    case 'malformed':
      return problem.place === ''
        ? `Not understood: ${problem.reason}.`
        : `Not understood at ${problem.place}: ${problem.reason}.`;
    case 'notOpen':
      return 'The laboratory is still being opened.';
    case 'branchUnknown':
      return `Branch ${problem.branch} is not there any more.`;
    case 'branchInUse':
      return 'The branch you are on cannot be deleted: go to another one first.';
    case 'positionOutside':
      return `Step ${problem.position} is not on this branch: it has ${counted(problem.length, 'step')}.`;
    case 'nothingToUndo':
      return 'There is nothing to take back.';
    case 'tooMuch':
      return `The laboratory is full: it keeps at most ${grouped(problem.limit)} ${problem.what === 'records' ? 'commands' : 'branches'}.`;
    case 'notCommitted':
      return `Nothing was changed. ${sentenceOfStorageProblem(problem.problem)}`;
    case 'notRead':
      return `The stored bytes could not be read. ${sentenceOfStorageProblem(problem.problem)}`;
    case 'invariantBroken':
      return `The command would have broken a rule of the model, so it was not carried out (${problem.detail}). This is a defect of the laboratory.`;
    case 'cancelled':
      return 'Stopped.';
    case 'internal':
      return `A defect of the laboratory: ${problem.detail}.`;
    case 'workerDied':
      return 'The engine stopped before this was committed: it did not happen.';
  }
}

export function sentenceOfDamage(damage: Damage): string {
  switch (damage.kind) {
    case 'recordUnreadable':
      return `Log record ${damage.record} could not be read: ${damage.reason}. It was left where it is.`;
    case 'branchShortened':
      return `Branch ${damage.branch} now ends before record ${damage.record}.`;
    case 'branchLost':
      return `Branch ${damage.branch} could not be opened, because its beginning could not be read (${damage.reason}). Its rows were left in the store.`;
    case 'recordsUnreachable':
      return `${counted(damage.records.length, 'record is', 'records are')} on no branch any more; they were left in the store.`;
    case 'stateRebuilt':
      return `The list of branches was damaged (${damage.reason}); ${counted(damage.branches, 'branch was', 'branches were')} put together again from the log.`;
    case 'blockRebuilt':
      return `${WORLD_NAMES[damage.world]}: ${damage.part === 'block' ? 'block' : 'slot'} ${damage.number} was damaged (${damage.reason}) and was made again from the log.`;
    case 'contentDamaged':
      return `${counted(damage.contents.length, 'block', 'blocks')} of the volume that branches began from: ${damage.reason}. They came from a volume image, so no log can make them again; everything else goes on. Start a laboratory from the image again to have them back.`;
    case 'rowUnknown':
      return `The store has a row that this version does not know (${damage.key}); it was left alone.`;
  }
}

/** What is wrong with the address, at the part where it is wrong. */
export function sentenceOfLinkProblem({ kind, text }: LinkProblem): string {
  switch (kind) {
    case 'unknownRoute':
      return `There is no page “${text}”. This is the laboratory.`;
    case 'unknownFault':
      return `“${text}” is not a protection fault: use a number from 1 to 16 or a name such as DIFF_AREA_FULL.`;
    case 'unknownLevel':
      return `“${text}” is not a level: use original, snapshot or both.`;
    case 'unknownPosition':
      return `“${text}” is not a position: use start, end or the number of a step.`;
    case 'faultMissing':
      return `The link says “${text}” but not which fault: add fault= and a number from 1 to 16.`;
  }
}
