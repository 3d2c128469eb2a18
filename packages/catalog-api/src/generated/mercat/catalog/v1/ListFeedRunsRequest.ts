

export interface ListFeedRunsRequest {
  'feed'?: (string);
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface ListFeedRunsRequest__Output {
  'feed': (string);
  'pageSize': (number);
  'pageToken': (string);
}
