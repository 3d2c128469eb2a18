
import type { Duration as _google_protobuf_Duration, Duration__Output as _google_protobuf_Duration__Output } from '../../../google/protobuf/Duration.ts';
import type { ReservationRequestLine as _mercat_catalog_v1_ReservationRequestLine, ReservationRequestLine__Output as _mercat_catalog_v1_ReservationRequestLine__Output } from '../../../mercat/catalog/v1/ReservationRequestLine.ts';

export interface ReservationRequest {
  'orderId'?: (string);
  'holdDuration'?: (_google_protobuf_Duration | null);
  'lines'?: (_mercat_catalog_v1_ReservationRequestLine)[];
  'createOnly'?: (boolean);
}

export interface ReservationRequest__Output {
  'orderId': (string);
  'holdDuration': (_google_protobuf_Duration__Output | null);
  'lines': (_mercat_catalog_v1_ReservationRequestLine__Output)[];
  'createOnly': (boolean);
}
