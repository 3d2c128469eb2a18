
import type { ReservationState as _mercat_catalog_v1_ReservationState, ReservationState__Output as _mercat_catalog_v1_ReservationState__Output } from '../../../mercat/catalog/v1/ReservationState.ts';
import type { ReservedLine as _mercat_catalog_v1_ReservedLine, ReservedLine__Output as _mercat_catalog_v1_ReservedLine__Output } from '../../../mercat/catalog/v1/ReservedLine.ts';
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';

export interface OrderReservation {
  'orderId'?: (string);
  'state'?: (_mercat_catalog_v1_ReservationState);
  'lines'?: (_mercat_catalog_v1_ReservedLine)[];
  'total'?: (_mercat_catalog_v1_Money | null);
  'expireTime'?: (_google_protobuf_Timestamp | null);
  'createTime'?: (_google_protobuf_Timestamp | null);
  'updateTime'?: (_google_protobuf_Timestamp | null);
}

export interface OrderReservation__Output {
  'orderId': (string);
  'state': (_mercat_catalog_v1_ReservationState__Output);
  'lines': (_mercat_catalog_v1_ReservedLine__Output)[];
  'total': (_mercat_catalog_v1_Money__Output | null);
  'expireTime': (_google_protobuf_Timestamp__Output | null);
  'createTime': (_google_protobuf_Timestamp__Output | null);
  'updateTime': (_google_protobuf_Timestamp__Output | null);
}
