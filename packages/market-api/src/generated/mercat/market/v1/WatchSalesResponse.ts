
import type { SalesRow as _mercat_market_v1_SalesRow, SalesRow__Output as _mercat_market_v1_SalesRow__Output } from '../../../mercat/market/v1/SalesRow.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';

export interface WatchSalesResponse {
  'rows'?: (_mercat_market_v1_SalesRow)[];
  'initialStateComplete'?: (boolean);
  'asOf'?: (_google_protobuf_Timestamp | null);
}

export interface WatchSalesResponse__Output {
  'rows': (_mercat_market_v1_SalesRow__Output)[];
  'initialStateComplete': (boolean);
  'asOf': (_google_protobuf_Timestamp__Output | null);
}
