
import type { ReservationState as _mercat_catalog_v1_ReservationState, ReservationState__Output as _mercat_catalog_v1_ReservationState__Output } from '../../../mercat/catalog/v1/ReservationState.ts';

export interface ReleaseResult {
  'orderId'?: (string);
  'previousState'?: (_mercat_catalog_v1_ReservationState);
}

export interface ReleaseResult__Output {
  'orderId': (string);
  'previousState': (_mercat_catalog_v1_ReservationState__Output);
}
