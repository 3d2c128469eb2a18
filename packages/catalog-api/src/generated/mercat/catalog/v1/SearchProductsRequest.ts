
import type { ProductFilter as _mercat_catalog_v1_ProductFilter, ProductFilter__Output as _mercat_catalog_v1_ProductFilter__Output } from '../../../mercat/catalog/v1/ProductFilter.ts';

export interface SearchProductsRequest {
  'query'?: (string);
  'filter'?: (_mercat_catalog_v1_ProductFilter | null);
  'orderBy'?: (string);
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface SearchProductsRequest__Output {
  'query': (string);
  'filter': (_mercat_catalog_v1_ProductFilter__Output | null);
  'orderBy': (string);
  'pageSize': (number);
  'pageToken': (string);
}
