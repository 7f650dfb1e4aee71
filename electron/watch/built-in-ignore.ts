export { builtInIgnore } from '#shared/built-in-ignore.ts';
