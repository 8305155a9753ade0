/** Notes the tasks of the built page that take longer than 50 ms, from within, before the page's own script runs. */
const longTasksMs: number[] = [];

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasksMs.push(duration);
}).observe({ type: 'longtask' });

const longTasks = {
  /** Those since the last call, in milliseconds each. */
  take: (): readonly number[] => longTasksMs.splice(0),
};

declare global {
  interface Window {
    longTasks: LongTasks;
  }
}

window.longTasks = longTasks;

export type LongTasks = typeof longTasks;
