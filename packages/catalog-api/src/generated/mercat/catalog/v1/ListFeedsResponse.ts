
import type { Feed as _mercat_catalog_v1_Feed, Feed__Output as _mercat_catalog_v1_Feed__Output } from '../../../mercat/catalog/v1/Feed.ts';

export interface ListFeedsResponse {
  'feeds'?: (_mercat_catalog_v1_Feed)[];
  'nextPageToken'?: (string);
}

export interface ListFeedsResponse__Output {
  'feeds': (_mercat_catalog_v1_Feed__Output)[];
  'nextPageToken': (string);
}
