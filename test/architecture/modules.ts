import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** One import or re-export of a module. */
export interface Import {
  /** As written: `./node.js`, `@softdice/core`. */
  readonly specifier: string;
  /** What is taken by name; `*` for all of it. */
  readonly names: readonly string[];
  /** Erased when compiled: the module is not loaded for it. */
  readonly typeOnly: boolean;
}

/** A source file of a package. */
export interface Module {
  readonly package: string;
  /** Relative to the package's src, such as `spec/loss.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

const root = fileURLToPath(new URL('../../packages/', import.meta.url));

/** The packages of the repository. */
export const packages: readonly string[] = readdirSync(root).sort();

/** Every source file of every package. */
export const modules: readonly Module[] = packages.flatMap((name) =>
  readdirSync(`${root}${name}/src`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => moduleAt(name, `${entry.parentPath}/${entry.name}`))
    .sort((a, b) => a.path.localeCompare(b.path)),
);

function moduleAt(name: string, file: string): Module {
  const text = readFileSync(file, 'utf8');
  return {
    package: name,
    path: relative(`${root}${name}/src`, file).replaceAll('\\', '/'),
    lines: text.split('\n').length - 1,
    imports: importsOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest)),
  };
}

function importsOf(source: ts.SourceFile): readonly Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      found.push({
        specifier: node.moduleSpecifier.text,
        names: [
          ...(clause?.name === undefined ? [] : ['default']),
          ...namesOf(clause?.namedBindings),
        ],
        typeOnly: clause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
      });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      const specifier = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';
      const names = node.exportClause === undefined ? ['*'] : namesOf(node.exportClause);
      found.push({ specifier, names, typeOnly: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      const specifier = argument && ts.isStringLiteral(argument) ? argument.text : '';
      found.push({ specifier, names: ['*'], typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function namesOf(
  bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined,
): readonly string[] {
  if (bindings === undefined) return [];
  if (!ts.isNamedImports(bindings) && !ts.isNamedExports(bindings)) return ['*'];
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

/** Whether an import stays within its package. */
export function isRelative({ specifier }: Import): boolean {
  return specifier.startsWith('.');
}

/** The path of the module that a relative import means. */
export function targetOf(from: Module, { specifier }: Import): string {
  return posix.join(dirname(from.path), specifier).replace(/\.js$/, '.ts');
}

/** The room of a module: its top folder, or the file itself beside the folders. */
export function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? path) : path;
}
