import type { FaultNumber } from '../core/fault';
import type { LinkProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { parseFault, parseLabLink, parseQuery, type LabLink } from './link';

/** A page of the product, as an address asks for it. */
export type Route =
  | { readonly page: 'lab'; readonly link: LabLink }
  /** `seen`: the symptom that is asked about. */
  | { readonly page: 'faults'; readonly fault: FaultNumber | null; readonly seen: string | null }
  | { readonly page: 'lessons'; readonly id: string | null }
  | { readonly page: 'reference'; readonly section: string | null; readonly query: string };

const LONGEST_NAME = 80;
const NAME = /^[a-z0-9-]+$/;

/** The part of an address after its `#`, whatever it holds. */
export function parseRoute(hash: string): Result<Route, LinkProblem> {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const [, page = '', name = '', ...rest] = path.replace(/\/$/, '').split('/');
  if (rest.length > 0) return unknown(path);
  switch (page) {
    case 'faults':
      return faultRoute(name, parseQuery(query).get('seen') ?? null);
    case 'lessons':
      return name === '' || isName(name)
        ? success({ page: 'lessons', id: name === '' ? null : name })
        : unknown(path);
    case 'reference':
      return name === '' || isName(name)
        ? success({
            page: 'reference',
            section: name === '' ? null : name,
            query: (parseQuery(query).get('q') ?? '').slice(0, LONGEST_NAME),
          })
        : unknown(path);
    default: {
      const link = parseLabLink(hash);
      return link.ok ? success({ page: 'lab', link: link.value }) : link;
    }
  }
}

function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && NAME.test(text);
}

function faultRoute(name: string, seen: string | null): Result<Route, LinkProblem> {
  if (name === '') return success({ page: 'faults', fault: null, seen });
  const fault = parseFault(name);
  return fault === null
    ? failure({ kind: 'unknownFault', text: name.slice(0, LONGEST_NAME) })
    : success({ page: 'faults', fault, seen });
}

function unknown(path: string): Result<Route, LinkProblem> {
  return failure({ kind: 'unknownRoute', text: path.slice(0, LONGEST_NAME) });
}
