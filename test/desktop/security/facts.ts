/** What a source file does, as the parser sees it: comments and words in texts count for nothing. */
import { parseSync, Visitor } from 'vite';

export interface Call {
  /** `session.webRequest.onBeforeRequest`; `new BrowserWindow`. */
  readonly name: string;
  /** As written. */
  readonly args: readonly string[];
}

export interface Setting {
  readonly name: string;
  /** As written. */
  readonly value: string;
}

export interface Facts {
  /** From the root of the repository, '/' between parts. */
  readonly path: string;
  readonly imports: readonly string[];
  readonly calls: readonly Call[];
  /** `name: value` of object literals. */
  readonly settings: readonly Setting[];
  /** Of strings and templates, without what is filled in. */
  readonly strings: readonly string[];
  /** Names of JSX elements and attributes. */
  readonly markup: readonly string[];
  /** Names of properties that something is assigned to. */
  readonly assigned: readonly string[];
  /** Each time a variable of that name stands alone: passed on, returned, stored. */
  readonly handedOn: readonly string[];
}

export function factsOf(path: string, text: string): Facts {
  const { program, module, errors } = parseSync(path, text, { lang: path.endsWith('.tsx') ? 'tsx' : 'ts' });
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const calls: Call[] = [];
  const settings: Setting[] = [];
  const strings: string[] = [];
  const markup: string[] = [];
  const assigned: string[] = [];
  const handedOn: string[] = [];
  /** Where an identifier is only what a member is taken of, or a name in a list of imports. */
  const inside = new Set<number>();
  const seen: { readonly name: string; readonly start: number }[] = [];
  const written = ({ start, end }: { readonly start: number; readonly end: number }) =>
    text.slice(start, end);

  new Visitor({
    CallExpression(node) {
      calls.push({ name: written(node.callee).replaceAll('?.', '.'), args: node.arguments.map(written) });
    },
    NewExpression(node) {
      calls.push({ name: `new ${written(node.callee)}`, args: node.arguments.map(written) });
    },
    Property(node) {
      settings.push({ name: written(node.key).replaceAll(/['"]/g, ''), value: written(node.value) });
      // A shorthand names the variable itself.
      if (!node.shorthand) inside.add(node.key.start);
    },
    Literal(node) {
      if (typeof node.value === 'string') strings.push(node.value);
    },
    TemplateElement(node) {
      strings.push(node.value.raw);
    },
    JSXOpeningElement(node) {
      markup.push(written(node.name));
    },
    JSXAttribute(node) {
      markup.push(written(node.name));
    },
    AssignmentExpression(node) {
      if (node.left.type === 'MemberExpression') assigned.push(written(node.left.property));
    },
    MemberExpression(node) {
      if (node.object.type === 'Identifier') inside.add(node.object.start);
    },
    ImportDeclaration(node) {
      for (const { local } of node.specifiers) inside.add(local.start);
    },
    Identifier(node) {
      seen.push({ name: node.name, start: node.start });
    },
  }).visit(program);
  handedOn.push(...seen.filter(({ start }) => !inside.has(start)).map(({ name }) => name));
  const imports = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  return { path, imports, calls, settings, strings, markup, assigned, handedOn };
}
