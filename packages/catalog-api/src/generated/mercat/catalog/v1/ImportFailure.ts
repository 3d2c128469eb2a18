
import type { Long } from '@grpc/proto-loader';

export interface ImportFailure {
  'rowNumber'?: (number | string | Long);
  'sku'?: (string);
  'reason'?: (string);
  'message'?: (string);
  'changedParts'?: (string)[];
}

export interface ImportFailure__Output {
  'rowNumber': (number);
  'sku': (string);
  'reason': (string);
  'message': (string);
  'changedParts': (string)[];
}
