import type { TraceFormat } from '../../core/replay/trace';
import { BlkparseParser, type BlkparseAction } from './blkparse';
import { commaSeparatedParser } from './comma-separated';
import { FioParser } from './fio';
import { FiveColumnsParser } from './five-columns';
import { LineSplitter, RecordSplitter, type LineReceiver, type Splitter } from './line-splitter';
import { ProcmonParser } from './procmon';
import type { LineParser } from './record';
import { VSCSI_RECORD_SIZES, VscsiBinaryParser } from './vscsi-binary';

/** How a trace is to be read. */
export interface TraceReading {
  readonly format: TraceFormat;
  /** Of blkparse alone: which of the events of a request is counted. */
  readonly blkparseAction: BlkparseAction;
}

export function isBinary(format: TraceFormat): format is 'vscsi1' | 'vscsi2' {
  return format === 'vscsi1' || format === 'vscsi2';
}

export function splitterFor(format: TraceFormat, receiver: LineReceiver): Splitter {
  if (isBinary(format)) return new RecordSplitter(receiver, VSCSI_RECORD_SIZES[format]);
  return new LineSplitter(receiver, format === 'procmon');
}

export function parserFor({ format, blkparseAction }: TraceReading): LineParser {
  switch (format) {
    case 'fio2':
      return new FioParser(2);
    case 'fio3':
      return new FioParser(3);
    case 'procmon':
      return new ProcmonParser();
    case 'blkparse':
      return new BlkparseParser(blkparseAction);
    case 'vscsi1':
    case 'vscsi2':
      return new VscsiBinaryParser(format);
    case 'mqsim':
    case 'ssdsim':
    case 'disksim':
      return new FiveColumnsParser(format);
    case 'msr':
    case 'vscsiCsv':
    case 'spc':
    case 'alibaba':
    case 'tencent':
      return commaSeparatedParser(format);
  }
}
