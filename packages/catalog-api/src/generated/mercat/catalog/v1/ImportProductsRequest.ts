
import type { ProductUpsert as _mercat_catalog_v1_ProductUpsert, ProductUpsert__Output as _mercat_catalog_v1_ProductUpsert__Output } from '../../../mercat/catalog/v1/ProductUpsert.ts';
import type { Long } from '@grpc/proto-loader';

export interface ImportProductsRequest {
  'upserts'?: (_mercat_catalog_v1_ProductUpsert)[];
  'source'?: (string);
  'runNumber'?: (number | string | Long);
  'validateOnly'?: (boolean);
}

export interface ImportProductsRequest__Output {
  'upserts': (_mercat_catalog_v1_ProductUpsert__Output)[];
  'source': (string);
  'runNumber': (number);
  'validateOnly': (boolean);
}
