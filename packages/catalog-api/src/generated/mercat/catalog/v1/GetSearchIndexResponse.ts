
import type { SearchIndexStatus as _mercat_catalog_v1_SearchIndexStatus, SearchIndexStatus__Output as _mercat_catalog_v1_SearchIndexStatus__Output } from '../../../mercat/catalog/v1/SearchIndexStatus.ts';

export interface GetSearchIndexResponse {
  'status'?: (_mercat_catalog_v1_SearchIndexStatus | null);
}

export interface GetSearchIndexResponse__Output {
  'status': (_mercat_catalog_v1_SearchIndexStatus__Output | null);
}
