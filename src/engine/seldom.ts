import type { EngineProblem } from '../core/problem';
import type { Result } from '../core/result';
import type { Request } from '../protocol/request';
import { addLaboratory } from './importing';
import { startVolume } from './starting-volume';
import { trim } from './trimming';
import type { Workbench } from './workbench';

/** What is asked of the engine once in a while or never, and needs much code: it is loaded then. */
export type SeldomRequest = Request & { readonly type: 'importLaboratory' | 'trim' | 'startVolume' };

export type Seldom = typeof carryOutSeldom;

export function carryOutSeldom(bench: Workbench, request: SeldomRequest): Result<void, EngineProblem> {
  switch (request.type) {
    case 'trim':
      return trim(bench, request.branch, request.position);
    case 'startVolume':
      return startVolume(bench, request.start, request.name);
    case 'importLaboratory':
      return addLaboratory(bench, request.text);
  }
}
