
import type { Long } from '@grpc/proto-loader';

export interface ImportFailure {
  'rowNumber'?: (number | string | Long);
  'sku'?: (string);
  'reason'?: (string);
  'message'?: (string);
}

export interface ImportFailure__Output {
  'rowNumber': (number);
  'sku': (string);
  'reason': (string);
  'message': (string);
}
