
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from '../../../mercat/catalog/v1/Product.ts';
import type { FieldMask as _google_protobuf_FieldMask, FieldMask__Output as _google_protobuf_FieldMask__Output } from '../../../google/protobuf/FieldMask.ts';
import type { Long } from '@grpc/proto-loader';

export interface ProductUpsert {
  'rowNumber'?: (number | string | Long);
  'product'?: (_mercat_catalog_v1_Product | null);
  'onHand'?: (number | string | Long);
  'updateMask'?: (_google_protobuf_FieldMask | null);
  'sourceSku'?: (string);
  '_onHand'?: "onHand";
}

export interface ProductUpsert__Output {
  'rowNumber': (number);
  'product': (_mercat_catalog_v1_Product__Output | null);
  'onHand'?: (number);
  'updateMask': (_google_protobuf_FieldMask__Output | null);
  'sourceSku': (string);
  '_onHand'?: "onHand";
}
