
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from '../../../mercat/catalog/v1/Product.ts';
import type { FieldMask as _google_protobuf_FieldMask, FieldMask__Output as _google_protobuf_FieldMask__Output } from '../../../google/protobuf/FieldMask.ts';

export interface UpdateProductRequest {
  'product'?: (_mercat_catalog_v1_Product | null);
  'updateMask'?: (_google_protobuf_FieldMask | null);
}

export interface UpdateProductRequest__Output {
  'product': (_mercat_catalog_v1_Product__Output | null);
  'updateMask': (_google_protobuf_FieldMask__Output | null);
}
