
import type { Long } from '@grpc/proto-loader';

export interface AdjustStockRequest {
  'sku'?: (string);
  'delta'?: (number | string | Long);
  'reason'?: (string);
  'requestId'?: (string);
}

export interface AdjustStockRequest__Output {
  'sku': (string);
  'delta': (number);
  'reason': (string);
  'requestId': (string);
}
