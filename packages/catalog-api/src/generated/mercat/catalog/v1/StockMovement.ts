
import type { StockMovementKind as _mercat_catalog_v1_StockMovementKind, StockMovementKind__Output as _mercat_catalog_v1_StockMovementKind__Output } from '../../../mercat/catalog/v1/StockMovementKind.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { Long } from '@grpc/proto-loader';

export interface StockMovement {
  'kind'?: (_mercat_catalog_v1_StockMovementKind);
  'delta'?: (number | string | Long);
  'cause'?: (string);
  'orderId'?: (string);
  'reason'?: (string);
  'who'?: (string);
  'createTime'?: (_google_protobuf_Timestamp | null);
}

export interface StockMovement__Output {
  'kind': (_mercat_catalog_v1_StockMovementKind__Output);
  'delta': (number);
  'cause': (string);
  'orderId': (string);
  'reason': (string);
  'who': (string);
  'createTime': (_google_protobuf_Timestamp__Output | null);
}
