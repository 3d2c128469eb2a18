
import type { CommitResult as _mercat_catalog_v1_CommitResult, CommitResult__Output as _mercat_catalog_v1_CommitResult__Output } from '../../../mercat/catalog/v1/CommitResult.ts';

export interface CommitReservationsResponse {
  'results'?: (_mercat_catalog_v1_CommitResult)[];
}

export interface CommitReservationsResponse__Output {
  'results': (_mercat_catalog_v1_CommitResult__Output)[];
}
