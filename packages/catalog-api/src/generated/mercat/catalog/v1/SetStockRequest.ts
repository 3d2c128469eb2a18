
import type { Long } from '@grpc/proto-loader';

export interface SetStockRequest {
  'sku'?: (string);
  'onHand'?: (number | string | Long);
  'requestId'?: (string);
  'reason'?: (string);
}

export interface SetStockRequest__Output {
  'sku': (string);
  'onHand': (number);
  'requestId': (string);
  'reason': (string);
}
