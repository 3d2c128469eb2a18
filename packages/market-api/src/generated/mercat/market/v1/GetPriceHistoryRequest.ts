
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { Step as _mercat_market_v1_Step, Step__Output as _mercat_market_v1_Step__Output } from '../../../mercat/market/v1/Step.ts';

export interface GetPriceHistoryRequest {
  'sku'?: (string);
  'from'?: (_google_protobuf_Timestamp | null);
  'to'?: (_google_protobuf_Timestamp | null);
  'step'?: (_mercat_market_v1_Step);
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface GetPriceHistoryRequest__Output {
  'sku': (string);
  'from': (_google_protobuf_Timestamp__Output | null);
  'to': (_google_protobuf_Timestamp__Output | null);
  'step': (_mercat_market_v1_Step__Output);
  'pageSize': (number);
  'pageToken': (string);
}
