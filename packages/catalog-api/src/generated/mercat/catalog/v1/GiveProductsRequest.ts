
import type { ProductPart as _mercat_catalog_v1_ProductPart, ProductPart__Output as _mercat_catalog_v1_ProductPart__Output } from '../../../mercat/catalog/v1/ProductPart.ts';

export interface GiveProductsRequest {
  'skus'?: (string)[];
  'source'?: (string);
  'parts'?: (_mercat_catalog_v1_ProductPart)[];
}

export interface GiveProductsRequest__Output {
  'skus': (string)[];
  'source': (string);
  'parts': (_mercat_catalog_v1_ProductPart__Output)[];
}
