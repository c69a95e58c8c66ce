/* What is measured against, as far as types go: nothing, so that types can be checked where it is not installed. */
declare module '@tensorflow/tfjs-core';
declare module '@tensorflow/tfjs-backend-wasm';

/* what the benchmark puts into its pages */
interface Window {
  contest: Record<'experiment' | 'pair', (rounds: number) => Promise<object>>;
  durations: Record<string, number>;
  loadTimes: Record<string, number>;
  watched: { tasks: number[]; works: number[] };
}
