import { Fields, fields, isToken, list } from './read';

/**
 * Whether a label selector chooses an object; undefined where the answer depends
 * on what is known only later, or only in the cluster.
 *
 * @param isAll whether the object has no other labels than these
 */
export function chooses(selector: Fields, labels: Fields, isAll: boolean): boolean | undefined {
  const answers = [
    ...Object.entries(fields(selector.matchLabels)).map(([key, value]) => holds({ key, operator: 'In', values: [value] }, labels, isAll)),
    ...list(selector.matchExpressions).map(expression => holds(fields(expression), labels, isAll)),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function holds({ key, operator, values }: Fields, labels: Fields, isAll: boolean): boolean | undefined {
  if (typeof key !== 'string' || isToken(key)) return undefined;
  const isThere = Object.hasOwn(labels, key) && labels[key] !== undefined;
  if (!isThere && !isAll) return undefined;
  if (operator === 'Exists' || operator === 'DoesNotExist') return isThere === (operator === 'Exists');
  // A label that is not there is not in the list.
  const isNamed = isThere ? among(labels[key], list(values)) : false;
  if (isNamed === undefined) return undefined;
  if (operator === 'In') return isNamed;
  return operator === 'NotIn' ? !isNamed : undefined;
}

function among(value: unknown, values: readonly unknown[]): boolean | undefined {
  if (isToken(value)) return undefined;
  if (values.includes(value)) return true;
  return values.some(isToken) ? undefined : false;
}
