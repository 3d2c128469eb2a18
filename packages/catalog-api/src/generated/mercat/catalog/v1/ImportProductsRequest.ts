
import type { ProductUpsert as _mercat_catalog_v1_ProductUpsert, ProductUpsert__Output as _mercat_catalog_v1_ProductUpsert__Output } from '../../../mercat/catalog/v1/ProductUpsert.ts';

export interface ImportProductsRequest {
  'upserts'?: (_mercat_catalog_v1_ProductUpsert)[];
}

export interface ImportProductsRequest__Output {
  'upserts': (_mercat_catalog_v1_ProductUpsert__Output)[];
}
