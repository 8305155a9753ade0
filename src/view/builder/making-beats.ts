import type { Command } from '../../core/command';
import type { Answer, Beat, Lesson } from '../../core/lesson/lesson';
import type { Expectation } from '../../core/lesson/expectation';
import type { Offer } from '../../core/lesson/offers';
import { captionOfCommand } from '../../words/commands';
import { offersAt } from './recording';

export const NO_ANSWER: Answer = { text: '', claims: [], feedback: '' };

/** What is true now and was not before: worth promising. */
function changedFacts(offers: readonly Offer[]): readonly Expectation[] {
  return offers.filter(({ holds, isChanged }) => holds && isChanged).map(({ claim }) => claim);
}

export function withBeat(lesson: Lesson, beat: Beat): Lesson {
  return { ...lesson, beats: [...lesson.beats, beat] };
}

/** One beat for each command, which promises what changed. */
export function withTells(lesson: Lesson, commands: readonly Command[]): Lesson {
  return commands.reduce((grown, command) => {
    const expect = changedFacts(offersAt(grown, grown.beats.length, [command]));
    const text = `${captionOfCommand(command)}.`;
    return withBeat(grown, { kind: 'tell', text, highlight: null, commands: [command], expect });
  }, lesson);
}

export function predictionOf(commands: readonly Command[]): Beat {
  const answers = [NO_ANSWER, NO_ANSWER];
  return { kind: 'predict', question: '', highlight: null, answers, commands, because: '' };
}

export function taskOf(lesson: Lesson, commands: readonly Command[]): Beat {
  const goal = changedFacts(offersAt(lesson, lesson.beats.length, commands));
  return { kind: 'task', text: '', highlight: null, goal, solution: commands, hints: [], detours: [] };
}

/** The write that can be done stage by stage; `null` when the commands are not one write of one block. */
export function handOf(commands: readonly Command[]): Beat | null {
  const [command, ...others] = commands;
  if (command?.type !== 'write' || command.count !== 1 || others.length > 0) return null;
  return { kind: 'byHand', text: '', block: command.block, content: command.content };
}

/** Lower case words joined by hyphens. */
export function idOfTitle(title: string): string {
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
}

/** All of a lesson that decides what the machine does and what is claimed of it: no sentence. */
export function planOf({ scenario, before, beats }: Lesson): string {
  const plans = beats.map((beat) => {
    switch (beat.kind) {
      case 'tell':
        return [beat.commands, beat.expect];
      case 'predict':
        return [beat.commands, beat.answers.map(({ claims }) => claims)];
      case 'task':
        return [beat.solution, beat.goal, beat.detours.map(({ claims, example }) => [claims, example])];
      case 'byHand':
        return [beat.block, beat.content];
      case 'diagnose':
        return [];
    }
  });
  return JSON.stringify([scenario, before, beats.map(({ kind }) => kind), plans]);
}
