/* peers.d.ts: declares the peers without types, so that types can be checked where they are not installed. */
declare module '@tensorflow/tfjs-core';
declare module '@tensorflow/tfjs-backend-wasm';
declare module '@tensorflow/tfjs-core/dist/register_all_gradients.js';
declare module 'convnetjs';

/* What the benchmark adds to its pages. */
interface Window {
  contest: Record<'experiment' | 'pair', (rounds: number) => Promise<object>>;
  durations: Record<string, number>;
  loadTimes: Record<string, number>;
  watched: { tasks: number[]; works: number[] };
}
