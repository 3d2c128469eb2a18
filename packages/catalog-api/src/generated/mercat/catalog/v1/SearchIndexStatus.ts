
import type { SearchIndexState as _mercat_catalog_v1_SearchIndexState, SearchIndexState__Output as _mercat_catalog_v1_SearchIndexState__Output } from '../../../mercat/catalog/v1/SearchIndexState.ts';
import type { Long } from '@grpc/proto-loader';

export interface SearchIndexStatus {
  'state'?: (_mercat_catalog_v1_SearchIndexState);
  'productCount'?: (number | string | Long);
  'pendingProductCount'?: (number | string | Long);
}

export interface SearchIndexStatus__Output {
  'state': (_mercat_catalog_v1_SearchIndexState__Output);
  'productCount': (number);
  'pendingProductCount': (number);
}
