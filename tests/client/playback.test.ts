import { describe, expect, it } from 'vitest';
import { Playback } from '../../src/client/playback.svelte';

const STEP_MS = 100;

/** A playback over `length` steps, of 100 ms each unless told otherwise, and a clock that is moved by hand. */
function player(length: number, isReduced = false, stepMs = STEP_MS) {
  let pending: ((nowMs: number) => void) | null = null;
  let nowMs = 0;
  const playback = new Playback(
    { length: () => length, durationMs: () => stepMs, reducedMotion: () => isReduced },
    (callback) => {
      pending = callback;
    },
  );
  /** Lets frames of 10 ms pass. */
  function pass(durationMs: number): void {
    for (const end = nowMs + durationMs; nowMs < end;) {
      nowMs += 10;
      const callback = pending;
      pending = null;
      callback?.(nowMs);
    }
  }
  return { playback, pass };
}

describe('playing', () => {
  it('begins with the press, not a frame later', () => {
    const { playback } = player(5);
    playback.play();
    expect(playback.time).toBeGreaterThan(0);
    expect(playback.position).toBe(0);
  });

  it('reaches the end and rests there', () => {
    const { playback, pass } = player(3);
    playback.play();
    pass(400);
    expect(playback.time).toBe(3);
    expect(playback.isPlaying).toBe(false);
  });

  it('goes backward through the same moments', () => {
    const { playback, pass } = player(3);
    playback.seek(3);
    playback.playBackward();
    pass(150);
    expect(playback.isBackward).toBe(true);
    expect(playback.time).toBeGreaterThan(1);
    expect(playback.time).toBeLessThan(2);
    pass(250);
    expect(playback.time).toBe(0);
  });

  it('stops in mid-step and goes on from there in either direction', () => {
    const { playback, pass } = player(5);
    playback.play();
    pass(130);
    playback.pause();
    const stopped = playback.time;
    pass(100);
    expect(playback.time).toBe(stopped);
    playback.stepBackward();
    pass(200);
    expect(playback.time).toBe(Math.floor(stopped));
  });

  it('changes its speed while it plays', () => {
    const slow = player(50);
    const fast = player(50);
    slow.playback.play();
    fast.playback.play();
    fast.playback.setSpeed(8);
    slow.pass(200);
    fast.pass(200);
    expect(fast.playback.time / slow.playback.time).toBeGreaterThan(5);
  });

  it('hurries when it is given a time, and never slows down for it', () => {
    const { playback, pass } = player(100);
    playback.playTo(100, 1000);
    pass(1100);
    expect(playback.time).toBe(100);
    const short = player(2);
    short.playback.playTo(2, 1000);
    short.pass(250);
    expect(short.playback.time).toBe(2);
  });
});

describe('stepping', () => {
  it('counts every press, also those that come while a step still moves', () => {
    const { playback, pass } = player(10);
    for (let press = 0; press < 7; press += 1) playback.stepForward();
    pass(200);
    expect(playback.time).toBe(7);
  });

  it('has no step beyond either end', () => {
    const { playback, pass } = player(1);
    playback.stepBackward();
    expect(playback.isPlaying).toBe(false);
    playback.stepForward();
    playback.stepForward();
    pass(300);
    expect(playback.time).toBe(1);
  });

  it('with reduced motion shows states only', () => {
    const { playback, pass } = player(3, true);
    playback.play();
    pass(150);
    expect(playback.progress).toBe(0);
    expect(playback.position).toBe(1);
  });
});

describe('seeking', () => {
  it('stays on the path and ends what was playing', () => {
    const { playback } = player(4);
    playback.play();
    playback.seek(99);
    expect([playback.time, playback.isPlaying]).toEqual([4, false]);
    playback.seek(-1);
    expect(playback.time).toBe(0);
  });

  it('knows when it follows the end, where commands then act', () => {
    const { playback } = player(4);
    expect(playback.isFollowing).toBe(false);
    playback.play();
    expect(playback.isFollowing).toBe(true);
    playback.playTo(2);
    expect(playback.isFollowing).toBe(false);
  });
});

describe('a burst', () => {
  /** 200 steps of 400 ms, and frames of 10 ms. */
  function longPlayer() {
    return player(200, false, 400);
  }

  it('is merged when more than about six stages pass in a second, and only while it plays', () => {
    const { playback, pass } = longPlayer();
    playback.setSpeed(2);
    playback.play();
    pass(100);
    expect(playback.isMerged).toBe(false);
    playback.setSpeed(4);
    expect(playback.isMerged).toBe(true);
    playback.pause();
    expect(playback.isMerged).toBe(false);
  });

  it('is merged as well when it is hurried, and not when it is over in a few steps', () => {
    const { playback } = longPlayer();
    playback.playTo(200, 12_000);
    expect(playback.isMerged).toBe(true);
    const short = longPlayer().playback;
    short.setSpeed(64);
    short.playTo(4);
    expect(short.isMerged).toBe(false);
  });

  it('is shown six times a second and told three times, and in the end shows where it is', () => {
    const { playback, pass } = longPlayer();
    playback.setSpeed(8);
    playback.play();
    const shown = new Set<number>();
    const told = new Set<number>();
    for (let frame = 0; frame < 100; frame += 1) {
      pass(10);
      shown.add(playback.shown);
      told.add(playback.told);
    }
    expect(shown.size).toBeGreaterThan(4);
    expect(shown.size).toBeLessThanOrEqual(7);
    expect(told.size).toBeLessThanOrEqual(4);
    pass(20_000);
    expect([playback.shown, playback.told]).toEqual([200, 200]);
  });

  it('begins where the picture is', () => {
    const { playback, pass } = longPlayer();
    playback.setSpeed(8);
    playback.play();
    pass(2000);
    playback.seek(3);
    playback.play();
    expect(playback.shown).toBeLessThan(4);
  });

  it('is what a key makes that is held down, and not one that is pressed now and then', () => {
    const held = longPlayer();
    for (let press = 0; press < 10; press += 1) {
      held.playback.stepForward();
      held.pass(30);
    }
    expect(held.playback.isMerged).toBe(true);
    held.pass(300);
    expect(held.playback.isMerged).toBe(false);
    expect(held.playback.position).toBe(9);

    const pressed = longPlayer();
    for (let press = 0; press < 10; press += 1) {
      pressed.playback.stepForward();
      expect(pressed.playback.isMerged).toBe(false);
      pressed.pass(250);
    }
  });
});
