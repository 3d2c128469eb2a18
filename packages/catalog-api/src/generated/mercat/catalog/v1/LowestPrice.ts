
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';

export interface LowestPrice {
  'amount'?: (_mercat_catalog_v1_Money | null);
  'since'?: (_google_protobuf_Timestamp | null);
}

export interface LowestPrice__Output {
  'amount': (_mercat_catalog_v1_Money__Output | null);
  'since': (_google_protobuf_Timestamp__Output | null);
}
