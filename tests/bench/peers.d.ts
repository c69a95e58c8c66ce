/* peers.d.ts: declares TensorFlow.js without types, so that types can be checked where it is not installed. */
declare module '@tensorflow/tfjs-core';
declare module '@tensorflow/tfjs-backend-wasm';

/* What the benchmark adds to its pages. */
interface Window {
  contest: Record<'experiment' | 'pair', (rounds: number) => Promise<object>>;
  durations: Record<string, number>;
  loadTimes: Record<string, number>;
  watched: { tasks: number[]; works: number[] };
}
