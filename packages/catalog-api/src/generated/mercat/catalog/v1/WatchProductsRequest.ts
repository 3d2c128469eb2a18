
import type { WatchFilter as _mercat_catalog_v1_WatchFilter, WatchFilter__Output as _mercat_catalog_v1_WatchFilter__Output } from '../../../mercat/catalog/v1/WatchFilter.ts';

export interface WatchProductsRequest {
  'filter'?: (_mercat_catalog_v1_WatchFilter | null);
  'resumeToken'?: (string);
  'sendInitialState'?: (boolean);
}

export interface WatchProductsRequest__Output {
  'filter': (_mercat_catalog_v1_WatchFilter__Output | null);
  'resumeToken': (string);
  'sendInitialState': (boolean);
}
