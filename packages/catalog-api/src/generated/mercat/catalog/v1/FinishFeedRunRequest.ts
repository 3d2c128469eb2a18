
import type { FeedRunOutcome as _mercat_catalog_v1_FeedRunOutcome, FeedRunOutcome__Output as _mercat_catalog_v1_FeedRunOutcome__Output } from '../../../mercat/catalog/v1/FeedRunOutcome.ts';
import type { FeedRunCounts as _mercat_catalog_v1_FeedRunCounts, FeedRunCounts__Output as _mercat_catalog_v1_FeedRunCounts__Output } from '../../../mercat/catalog/v1/FeedRunCounts.ts';
import type { FeedValidators as _mercat_catalog_v1_FeedValidators, FeedValidators__Output as _mercat_catalog_v1_FeedValidators__Output } from '../../../mercat/catalog/v1/FeedValidators.ts';
import type { Long } from '@grpc/proto-loader';

export interface FinishFeedRunRequest {
  'feed'?: (string);
  'runNumber'?: (number | string | Long);
  'outcome'?: (_mercat_catalog_v1_FeedRunOutcome);
  'reason'?: (string);
  'counts'?: (_mercat_catalog_v1_FeedRunCounts | null);
  'validators'?: (_mercat_catalog_v1_FeedValidators | null);
}

export interface FinishFeedRunRequest__Output {
  'feed': (string);
  'runNumber': (number);
  'outcome': (_mercat_catalog_v1_FeedRunOutcome__Output);
  'reason': (string);
  'counts': (_mercat_catalog_v1_FeedRunCounts__Output | null);
  'validators': (_mercat_catalog_v1_FeedValidators__Output | null);
}
