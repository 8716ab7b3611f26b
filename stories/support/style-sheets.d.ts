/** A style sheet as it is written, as Vite gives it. */
declare module '*.css?raw' {
  const css: string;
  export default css;
}
