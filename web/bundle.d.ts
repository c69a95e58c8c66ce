// What build.sh lets the page import besides JavaScript: the module's bytes, packed, and the worker's source as text.
declare module '*.gz' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module '*.bundle' {
  const text: string;
  export default text;
}
