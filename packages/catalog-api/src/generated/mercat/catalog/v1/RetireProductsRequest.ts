
import type { RetireAction as _mercat_catalog_v1_RetireAction, RetireAction__Output as _mercat_catalog_v1_RetireAction__Output } from '../../../mercat/catalog/v1/RetireAction.ts';
import type { Long } from '@grpc/proto-loader';

export interface RetireProductsRequest {
  'feed'?: (string);
  'runNumber'?: (number | string | Long);
  'skus'?: (string)[];
  'action'?: (_mercat_catalog_v1_RetireAction);
}

export interface RetireProductsRequest__Output {
  'feed': (string);
  'runNumber': (number);
  'skus': (string)[];
  'action': (_mercat_catalog_v1_RetireAction__Output);
}
