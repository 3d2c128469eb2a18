
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { Long } from '@grpc/proto-loader';

export interface SalesRow {
  'beginTime'?: (_google_protobuf_Timestamp | null);
  'key'?: (string);
  'currencyCode'?: (string);
  'orders'?: (number | string | Long);
  'quantity'?: (number | string | Long);
  'amountMinor'?: (number | string | Long);
}

export interface SalesRow__Output {
  'beginTime': (_google_protobuf_Timestamp__Output | null);
  'key': (string);
  'currencyCode': (string);
  'orders': (number);
  'quantity': (number);
  'amountMinor': (number);
}
