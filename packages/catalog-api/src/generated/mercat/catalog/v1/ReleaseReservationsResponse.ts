
import type { ReleaseResult as _mercat_catalog_v1_ReleaseResult, ReleaseResult__Output as _mercat_catalog_v1_ReleaseResult__Output } from '../../../mercat/catalog/v1/ReleaseResult.ts';

export interface ReleaseReservationsResponse {
  'results'?: (_mercat_catalog_v1_ReleaseResult)[];
}

export interface ReleaseReservationsResponse__Output {
  'results': (_mercat_catalog_v1_ReleaseResult__Output)[];
}
