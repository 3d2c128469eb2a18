
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { Long } from '@grpc/proto-loader';

export interface PriceBar {
  'beginTime'?: (_google_protobuf_Timestamp | null);
  'currencyCode'?: (string);
  'openMinor'?: (number | string | Long);
  'highMinor'?: (number | string | Long);
  'lowMinor'?: (number | string | Long);
  'closeMinor'?: (number | string | Long);
  'ticks'?: (number | string | Long);
}

export interface PriceBar__Output {
  'beginTime': (_google_protobuf_Timestamp__Output | null);
  'currencyCode': (string);
  'openMinor': (number);
  'highMinor': (number);
  'lowMinor': (number);
  'closeMinor': (number);
  'ticks': (number);
}
