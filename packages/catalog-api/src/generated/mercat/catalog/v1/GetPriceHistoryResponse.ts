
import type { PricePeriod as _mercat_catalog_v1_PricePeriod, PricePeriod__Output as _mercat_catalog_v1_PricePeriod__Output } from '../../../mercat/catalog/v1/PricePeriod.ts';
import type { PriceBar as _mercat_catalog_v1_PriceBar, PriceBar__Output as _mercat_catalog_v1_PriceBar__Output } from '../../../mercat/catalog/v1/PriceBar.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';

export interface GetPriceHistoryResponse {
  'periods'?: (_mercat_catalog_v1_PricePeriod)[];
  'bars'?: (_mercat_catalog_v1_PriceBar)[];
  'nextPageToken'?: (string);
  'beginTime'?: (_google_protobuf_Timestamp | null);
  'exactSince'?: (_google_protobuf_Timestamp | null);
}

export interface GetPriceHistoryResponse__Output {
  'periods': (_mercat_catalog_v1_PricePeriod__Output)[];
  'bars': (_mercat_catalog_v1_PriceBar__Output)[];
  'nextPageToken': (string);
  'beginTime': (_google_protobuf_Timestamp__Output | null);
  'exactSince': (_google_protobuf_Timestamp__Output | null);
}
