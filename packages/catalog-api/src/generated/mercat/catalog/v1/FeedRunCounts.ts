
import type { Long } from '@grpc/proto-loader';

export interface FeedRunCounts {
  'bytes'?: (number | string | Long);
  'attempts'?: (number);
  'rows'?: (number | string | Long);
  'created'?: (number | string | Long);
  'updated'?: (number | string | Long);
  'unchanged'?: (number | string | Long);
  'held'?: (number | string | Long);
  'rejected'?: (number | string | Long);
  'missing'?: (number | string | Long);
}

export interface FeedRunCounts__Output {
  'bytes': (number);
  'attempts': (number);
  'rows': (number);
  'created': (number);
  'updated': (number);
  'unchanged': (number);
  'held': (number);
  'rejected': (number);
  'missing': (number);
}
