
import type { ProductChange as _mercat_catalog_v1_ProductChange, ProductChange__Output as _mercat_catalog_v1_ProductChange__Output } from '../../../mercat/catalog/v1/ProductChange.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { Long } from '@grpc/proto-loader';

export interface WatchProductsResponse {
  'changes'?: (_mercat_catalog_v1_ProductChange)[];
  'resumeToken'?: (string);
  'initialStateComplete'?: (boolean);
  'asOf'?: (_google_protobuf_Timestamp | null);
  'position'?: (number | string | Long);
}

export interface WatchProductsResponse__Output {
  'changes': (_mercat_catalog_v1_ProductChange__Output)[];
  'resumeToken': (string);
  'initialStateComplete': (boolean);
  'asOf': (_google_protobuf_Timestamp__Output | null);
  'position': (number);
}
