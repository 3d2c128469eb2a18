
import type { Long } from '@grpc/proto-loader';

export interface StockLevel {
  'sku'?: (string);
  'onHand'?: (number | string | Long);
  'held'?: (number | string | Long);
  'available'?: (number | string | Long);
}

export interface StockLevel__Output {
  'sku': (string);
  'onHand': (number);
  'held': (number);
  'available': (number);
}
