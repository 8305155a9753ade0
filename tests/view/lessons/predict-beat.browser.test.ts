import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { violationsIn } from '../violations';
import { BREAK, COPY, FAULT, openLesson, predict, TASK, type LessonUnderWay } from './given';

const WAIT = { timeout: 10_000 };

async function why(): Promise<HTMLElement> {
  return screen.findByRole('region', { name: 'Why?' }, WAIT);
}

/** Everywhere that playback was while something was going on. */
function trackOf({ session }: LessonUnderWay): {
  readonly positions: Set<number>;
  readonly speeds: Set<number>;
} {
  const track = { positions: new Set<number>(), speeds: new Set<number>() };
  const look = setInterval(() => {
    if (!screen.queryByRole('button', { name: 'Skip the replay' })) return;
    track.positions.add(session.playback.position);
    track.speeds.add(session.playback.speed);
  }, 1);
  setTimeout(() => clearInterval(look), 9_000);
  return track;
}

test('after the outcome the decisive stage is played slowly, and then its causes open by themselves', async () => {
  const lesson = await openLesson(COPY, TASK);
  lesson.session.playback.setSpeed(8);
  const before = lesson.session.length;
  const track = trackOf(lesson);
  await predict(lesson, 'The new content.');
  const panel = await why();

  const end = lesson.session.length;
  expect(Math.min(...track.positions)).toBeGreaterThan(before);
  expect([...track.speeds]).toEqual([0.5]);
  expect(lesson.session.playback.position).toBe(end - 1);
  expect(within(panel).getByRole('heading')).toHaveTextContent(
    'Why? Block 5 of the live volume is overwritten',
  );
  expect(lesson.session.playback.speed).toBe(8);
  // Nobody asked: the focus is not taken away.
  expect(panel).not.toContainElement(document.activeElement as HTMLElement);
});

test('what was predicted stands beside what happened, each claim with its end', async () => {
  const lesson = await openLesson(COPY);
  await predict(lesson, 'The new content.');
  await screen.findByText('✕ Not so', {}, WAIT);
  expect(
    screen.getByText(/^Did not happen: snapshot 1 reads “Tuesday” in block 5 \(write 3\)$/),
  ).toBeVisible();
  expect(screen.getByText('What happened instead')).toBeVisible();
  expect(screen.getByText(/^Came true: snapshot 1 reads “Monday” in block 5 \(writes 1, 2\)$/)).toBeVisible();
  expect(screen.getByText('It was copied first.')).toBeVisible();
  await why();
  expect(await violationsIn(lesson.container)).toEqual([]);
});

test('the replay can be skipped and played again', async () => {
  const lesson = await openLesson(BREAK, FAULT);
  await lesson.user.click(await screen.findByRole('button', { name: 'Next' }));
  await predict(lesson, 'The snapshot.');
  await lesson.user.click(await screen.findByRole('button', { name: 'Skip the replay' }, WAIT));
  const panel = await why();
  expect(within(panel).getByRole('heading')).toHaveTextContent('goes offline for protection');
  await lesson.user.click(screen.getByRole('button', { name: 'Replay the decisive stage' }));
  expect(screen.queryByRole('region', { name: 'Why?' })).toBeNull();
  expect(lesson.session.playback.isPlaying).toBe(true);
  await why();
});

test('somebody who wants no motion is taken there at once', async () => {
  const ask = window.matchMedia.bind(window);
  const query = vi.spyOn(window, 'matchMedia').mockImplementation((text) => {
    const list = ask(text);
    return text.includes('reduced-motion') ? Object.defineProperty(list, 'matches', { value: true }) : list;
  });
  const lesson = await openLesson(COPY);
  const track = trackOf(lesson);
  await predict(lesson, 'The old content.');
  await why();
  expect(track.positions.size).toBe(0);
  query.mockRestore();
});

test('until an answer is committed nothing of the outcome exists, and going on stops the replay', async () => {
  const lesson = await openLesson(COPY, TASK);
  await screen.findByRole('radio', { name: 'The old content.' });
  const { length } = lesson.session;
  expect(screen.queryByRole('button', { name: 'Replay the decisive stage' })).toBeNull();
  lesson.session.seek(2);
  await predict(lesson, 'The old content.');
  // Committed while looking at an earlier moment: the lesson goes on from its end.
  await screen.findByText('✓ Right', {}, WAIT);
  expect(lesson.session.branch?.origin.kind).toBe('own');
  expect(lesson.session.length).toBeGreaterThan(length);
  await lesson.user.click(screen.getByRole('button', { name: 'Next' }));
  await screen.findByText(/Write block 9\./);
  await waitFor(() => expect(lesson.session.playback.position).toBe(lesson.session.length));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(screen.queryByRole('region', { name: 'Why?' })).toBeNull();
});
