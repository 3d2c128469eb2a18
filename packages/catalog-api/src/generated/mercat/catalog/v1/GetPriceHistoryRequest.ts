
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { PriceStep as _mercat_catalog_v1_PriceStep, PriceStep__Output as _mercat_catalog_v1_PriceStep__Output } from '../../../mercat/catalog/v1/PriceStep.ts';

export interface GetPriceHistoryRequest {
  'sku'?: (string);
  'from'?: (_google_protobuf_Timestamp | null);
  'to'?: (_google_protobuf_Timestamp | null);
  'step'?: (_mercat_catalog_v1_PriceStep);
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface GetPriceHistoryRequest__Output {
  'sku': (string);
  'from': (_google_protobuf_Timestamp__Output | null);
  'to': (_google_protobuf_Timestamp__Output | null);
  'step': (_mercat_catalog_v1_PriceStep__Output);
  'pageSize': (number);
  'pageToken': (string);
}
