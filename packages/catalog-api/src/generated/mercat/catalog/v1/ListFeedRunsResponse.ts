
import type { FeedRun as _mercat_catalog_v1_FeedRun, FeedRun__Output as _mercat_catalog_v1_FeedRun__Output } from '../../../mercat/catalog/v1/FeedRun.ts';

export interface ListFeedRunsResponse {
  'runs'?: (_mercat_catalog_v1_FeedRun)[];
  'nextPageToken'?: (string);
}

export interface ListFeedRunsResponse__Output {
  'runs': (_mercat_catalog_v1_FeedRun__Output)[];
  'nextPageToken': (string);
}
