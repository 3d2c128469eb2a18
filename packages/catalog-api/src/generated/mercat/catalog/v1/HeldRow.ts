
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { Long } from '@grpc/proto-loader';

export interface HeldRow {
  'rowNumber'?: (number | string | Long);
  'sku'?: (string);
  'holdId'?: (string);
  'rule'?: (string);
  'oldPrice'?: (_mercat_catalog_v1_Money | null);
  'newPrice'?: (_mercat_catalog_v1_Money | null);
  'changedParts'?: (string)[];
}

export interface HeldRow__Output {
  'rowNumber': (number);
  'sku': (string);
  'holdId': (string);
  'rule': (string);
  'oldPrice': (_mercat_catalog_v1_Money__Output | null);
  'newPrice': (_mercat_catalog_v1_Money__Output | null);
  'changedParts': (string)[];
}
