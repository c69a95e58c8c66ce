// What build.sh lets the page import besides its own source: the module's bytes, packed, the worker as a function,
// and style sheets as text.
/** Defined where a bundle is of the worker that runs dense layers only. */
declare const DENSE_ONLY: undefined;
declare module '*.gz' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module '*.css' {
  const text: string;
  export default text;
}
declare module '*.bundle' {
  const serve: (port: import('./run/messages.js').WorkerPort, trains?: boolean) => void;
  export default serve;
}
