import { mount } from 'svelte';
import App from './App.svelte';
import { EngineClient } from './client/engine-client';
import { ProgressBook } from './client/progress-book.svelte';
import { Session } from './client/session.svelte';
import './view/tokens.css';
import './view/base.css';
import { localShelf } from './view/shell/local-shelf';
import { applyProjector, applyTheme, readProjector, readTheme } from './view/shell/theme';

const target = document.querySelector('#app');
if (target === null) throw new Error('index.html has no element #app');

applyTheme(readTheme());
applyProjector(readProjector());

const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

const client = new EngineClient({
  createWorker: () => new Worker(new URL('./engine/worker.ts', import.meta.url), { type: 'module' }),
});

const session = new Session({
  client,
  schedule: (callback) => requestAnimationFrame(callback),
  reducedMotion: () => reducedMotion.matches,
});

const book = new ProgressBook(localShelf('shadow-copy-lab.progress'));

mount(App, { target, props: { session, book } });
