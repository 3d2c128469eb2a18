
import type { ProductFilter as _mercat_catalog_v1_ProductFilter, ProductFilter__Output as _mercat_catalog_v1_ProductFilter__Output } from '../../../mercat/catalog/v1/ProductFilter.ts';
import type { Collapse as _mercat_catalog_v1_Collapse, Collapse__Output as _mercat_catalog_v1_Collapse__Output } from '../../../mercat/catalog/v1/Collapse.ts';

export interface SearchProductsRequest {
  'query'?: (string);
  'filter'?: (_mercat_catalog_v1_ProductFilter | null);
  'orderBy'?: (string);
  'pageSize'?: (number);
  'pageToken'?: (string);
  'attributeFacets'?: (string)[];
  'collapse'?: (_mercat_catalog_v1_Collapse);
}

export interface SearchProductsRequest__Output {
  'query': (string);
  'filter': (_mercat_catalog_v1_ProductFilter__Output | null);
  'orderBy': (string);
  'pageSize': (number);
  'pageToken': (string);
  'attributeFacets': (string)[];
  'collapse': (_mercat_catalog_v1_Collapse__Output);
}
