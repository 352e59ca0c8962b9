import type { Document, Node, Pair, ParsedNode, Scalar, YAMLMap } from 'yaml';
import { CodeDefinition, Problem } from '../findings/finding';
import {
  SECRET_FILE_AMBIGUOUS, SECRET_FILE_NOT_YAML, SECRET_FILE_ORDER_LOST, SECRET_FILE_SEVERAL_DOCUMENTS, SECRET_FILE_TOO_LARGE,
} from './codes';
import { DocumentPath, problemAt } from './document-path';
import { codePoint } from '../findings/code-point';
import { plainMeaning } from './scalars';
import { YamlMap } from './yaml-map';
import { yamlParser } from './yaml-parser';

/** The one document of a file. */
export interface ManifestFile {
  /** Undefined where the file holds no manifest. */
  readonly document?: YamlMap;
  readonly problems: Problem[];
}

export interface ReadOptions {
  /** True: the document is written again, so it must survive that. */
  readonly embed: boolean;
  /** True: an integrity check covers the values in their order. */
  readonly ordered: boolean;
  /** Plain scalars that are text whatever they look like. */
  readonly isText?: (path: DocumentPath) => boolean;
}

const LARGEST_BYTES = 1024 * 1024;
const DEEPEST = 64;
const MOST_NODES = 100_000;
/** What is not printable in YAML, and the mark that decoders put in the place of bytes that are not UTF-8. */
const NOT_TEXT = /[^\t\n\r\x20-\x7e\x85\u{a0}-\u{d7ff}\u{e000}-\u{fffc}\u{10000}-\u{10ffff}]/u;
/** YAML 1.1, which SOPS and Kubernetes read, folds a text there and puts blanks into it; YAML 1.2 does not. */
const LINE_BREAK_TO_SOME = /[\x85\u2028\u2029]/;
/**
 * The spelling of a time in the integrity check of SOPS, whether it is quoted or
 * not. Kubernetes takes an unquoted time for text in any spelling.
 */
const INTEGRITY_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-](?!00:00)\d{2}:\d{2})$/;

/** Reads a file of one manifest. Whatever the text is, the outcome is data: this never throws. */
export function readManifestFile(text: string, path: string, options: ReadOptions): ManifestFile {
  if (Buffer.byteLength(text) > LARGEST_BYTES) {
    return failed(SECRET_FILE_TOO_LARGE, `${path} has more than 1 MiB`, 'name the file that holds the one credential');
  }
  const strange = NOT_TEXT.exec(text.replace(/^\ufeff/, ''));
  if (strange) return unreadable(text, path, strange);
  try {
    return readDocument(text, path, options);
  } catch {
    // The parser itself gives up on some inputs, such as nesting deeper than the stack.
    return failed(SECRET_FILE_NOT_YAML, `${path} cannot be read as YAML`, 'name the encrypted manifest');
  }
}

function failed(definition: CodeDefinition, message: string, fix: string): ManifestFile {
  return { problems: [{ definition, message, fix }] };
}

function unreadable(text: string, path: string, { 0: character, index }: RegExpExecArray): ManifestFile {
  const place = `${path} has the character ${codePoint(character)} in line ${text.slice(0, index).split(/\r\n?|\n/).length}`;
  return character === '\ufffd'
    ? failed(SECRET_FILE_NOT_YAML, `${place}, which stands for bytes that were lost when the file was saved in another encoding`, 'restore the file from version control, or encrypt the credential anew')
    : failed(SECRET_FILE_NOT_YAML, `${place}, which YAML does not allow`, 'name the encrypted manifest, and see that it is text');
}

function readDocument(text: string, path: string, options: ReadOptions): ManifestFile {
  const { isMap, LineCounter, parseAllDocuments } = yamlParser();
  const lines = new LineCounter();
  // Messages of the parser quote the source, so only positions are taken from them. Its own check for
  // keys that occur twice compares each key with each other one.
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent', version: '1.2' });
  if (!Array.isArray(documents) || documents.length === 0) return failed(SECRET_FILE_NOT_YAML, `${path} is empty`, 'name the encrypted manifest');
  const error = documents.flatMap(document => document.errors)[0];
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    const what = error.code.toLowerCase().replaceAll('_', ' ');
    return failed(SECRET_FILE_NOT_YAML, `${path} is not YAML at line ${line}, column ${col} (${what})`, 'repair the file there');
  }
  if (documents.length > 1) {
    return failed(SECRET_FILE_SEVERAL_DOCUMENTS, `${path} has ${documents.length} documents`, 'give each a file of its own, encrypted by itself');
  }
  const [document] = documents as Document.Parsed<ParsedNode>[];
  if (!isMap(document.contents)) {
    return failed(SECRET_FILE_NOT_YAML, `${path} holds no manifest: the document is not a map`, 'name the encrypted manifest');
  }
  const reader = new DocumentReader(path, options);
  const root = reader.read(document.contents, []) as YamlMap;
  if (options.embed && LINE_BREAK_TO_SOME.test(text)) {
    reader.doubt([], 'has a character that some readers of YAML take for a line break (U+0085, U+2028 or U+2029)', 'remove it with "sops edit"');
  }
  if (reader.obstacle) return failed(SECRET_FILE_NOT_YAML, `${path} ${reader.obstacle}`, 'name the encrypted manifest');
  if (document.directives.yaml.explicit || Object.keys(document.directives.tags).length > 1) {
    reader.doubt([], 'has a directive before its document', 'remove the line that starts with "%"');
  }
  return { document: root, problems: reader.problems };
}

/** Turns nodes of the parser into plain data and notes what data cannot hold. */
class DocumentReader {
  public readonly problems: Problem[] = [];
  /** Why the document cannot be read to its end. */
  public obstacle?: string;

  private readonly yaml = yamlParser();
  private readonly anchors = new Map<string, Node>();
  private nodes = 0;

  constructor(private readonly file: string, private readonly options: ReadOptions) {}

  public read(node: Node | null, path: DocumentPath): unknown {
    if (path.length > DEEPEST) this.obstacle ??= `is nested deeper than ${DEEPEST} levels`;
    if (++this.nodes > MOST_NODES) this.obstacle ??= `has more than ${MOST_NODES} values`;
    if (this.obstacle || node === null) return null;
    const { isAlias, isMap, isSeq } = this.yaml;
    // Readers put the anchored value in the place of an alias; so does the output, which has no anchors.
    if (isAlias(node)) return this.readAlias(node.source, path);
    if ('anchor' in node && typeof node.anchor === 'string') this.anchors.set(node.anchor, node);
    if (isMap(node)) return this.readMap(node, path);
    if (isSeq(node)) {
      this.checkTag(node.tag, path);
      return node.items.map((item, index) => this.read(item as Node | null, [...path, index]));
    }
    return this.readScalar(node as Scalar.Parsed, path);
  }

  public doubt(path: DocumentPath, message: string, fix: string): void {
    this.problems.push(problemAt(SECRET_FILE_AMBIGUOUS, this.file, path, message, fix));
  }

  private readAlias(anchor: string, path: DocumentPath): unknown {
    const target = this.anchors.get(anchor);
    if (!target) this.obstacle ??= 'refers to an anchor it does not have';
    return this.read(target ?? null, path);
  }

  private readMap(map: YAMLMap, path: DocumentPath): YamlMap {
    this.checkTag(map.tag, path);
    const result: YamlMap = {};
    const keys = new Set<string>();
    for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
      const name = this.readKey(key, path);
      if (name === undefined) continue;
      const at = [...path, name];
      if (keys.has(name)) this.doubt(at, 'occurs twice', 'remove one of the two');
      keys.add(name);
      // Assignment would set the prototype for the key `__proto__`.
      Object.defineProperty(result, name, { value: this.read(value, at), enumerable: true, configurable: true, writable: true });
    }
    if (this.options.embed && this.options.ordered) this.checkOrder(result, keys, path);
    return result;
  }

  private readKey(key: Node | null, path: DocumentPath): string | undefined {
    const scalar = this.yaml.isScalar(key) ? key as Scalar.Parsed : undefined;
    if (scalar?.type === 'PLAIN' && scalar.source === '<<') {
      this.doubt(path, 'has a merge key', 'write the merged keys out');
      return undefined;
    }
    if (!scalar || !isTextKey(scalar)) this.doubt(path, 'has a key that not every reader takes for text', 'quote the key');
    if (!scalar) return undefined;
    this.checkTag(scalar.tag, path);
    return typeof scalar.value === 'string' ? scalar.value : scalar.source;
  }

  private readScalar(scalar: Scalar.Parsed, path: DocumentPath): unknown {
    const { source = '', tag, type, value } = scalar;
    if (tag !== undefined) {
      this.checkTag(tag, path);
      return typeof value === 'object' && value !== null ? source : value;
    }
    if (type !== 'PLAIN') return value;
    if (this.options.isText?.(path)) return source === '' ? value : source;
    const meaning = plainMeaning(scalar);
    if (meaning === 'certain') return value;
    const keeps = meaning === 'timestamp' && (!this.options.ordered || INTEGRITY_TIME.test(source));
    if (this.options.embed && !keeps) {
      this.doubt(path, 'is an unquoted scalar that readers of YAML take for different things', 'quote it');
    }
    return source;
  }

  /** Tags SOPS never writes make readers construct values of their own. */
  private checkTag(tag: string | undefined, path: DocumentPath): void {
    if (tag === undefined || /^(!|tag:yaml\.org,2002:(str|map|seq|null|bool|int|float))$/.test(tag)) return;
    this.doubt(path, 'has a tag', 'remove the tag');
  }

  /** JavaScript keeps integer-like keys in ascending order, before all others. */
  private checkOrder(result: YamlMap, keys: ReadonlySet<string>, path: DocumentPath): void {
    const kept = Object.keys(result);
    if ([...keys].every((key, index) => key === kept[index])) return;
    this.problems.push(problemAt(
      SECRET_FILE_ORDER_LOST, this.file, path,
      'has keys that look like integers and cannot keep their place', 'rename them, or let another tool apply the file',
    ));
  }
}

/** SOPS refuses maps with other keys. */
function isTextKey(key: Scalar.Parsed): boolean {
  return typeof key.value === 'string' && (key.type !== 'PLAIN' || plainMeaning(key) === 'certain');
}
