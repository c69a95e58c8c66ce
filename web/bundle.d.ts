// What build.sh lets the page import besides JavaScript: the module's bytes, and the worker's source as text.
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module '*.bundle' {
  const text: string;
  export default text;
}
