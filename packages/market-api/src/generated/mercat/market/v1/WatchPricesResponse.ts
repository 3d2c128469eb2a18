
import type { ProductBar as _mercat_market_v1_ProductBar, ProductBar__Output as _mercat_market_v1_ProductBar__Output } from '../../../mercat/market/v1/ProductBar.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';

export interface WatchPricesResponse {
  'bars'?: (_mercat_market_v1_ProductBar)[];
  'initialStateComplete'?: (boolean);
  'asOf'?: (_google_protobuf_Timestamp | null);
}

export interface WatchPricesResponse__Output {
  'bars': (_mercat_market_v1_ProductBar__Output)[];
  'initialStateComplete': (boolean);
  'asOf': (_google_protobuf_Timestamp__Output | null);
}
