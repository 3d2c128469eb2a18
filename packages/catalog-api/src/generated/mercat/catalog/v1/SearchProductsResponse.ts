
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from '../../../mercat/catalog/v1/Product.ts';
import type { Facet as _mercat_catalog_v1_Facet, Facet__Output as _mercat_catalog_v1_Facet__Output } from '../../../mercat/catalog/v1/Facet.ts';
import type { Match as _mercat_catalog_v1_Match, Match__Output as _mercat_catalog_v1_Match__Output } from '../../../mercat/catalog/v1/Match.ts';

export interface SearchProductsResponse {
  'products'?: (_mercat_catalog_v1_Product)[];
  'nextPageToken'?: (string);
  'totalSize'?: (number);
  'totalSizeExact'?: (boolean);
  'facets'?: (_mercat_catalog_v1_Facet)[];
  'match'?: (_mercat_catalog_v1_Match);
  'correctedQuery'?: (string);
}

export interface SearchProductsResponse__Output {
  'products': (_mercat_catalog_v1_Product__Output)[];
  'nextPageToken': (string);
  'totalSize': (number);
  'totalSizeExact': (boolean);
  'facets': (_mercat_catalog_v1_Facet__Output)[];
  'match': (_mercat_catalog_v1_Match__Output);
  'correctedQuery': (string);
}
