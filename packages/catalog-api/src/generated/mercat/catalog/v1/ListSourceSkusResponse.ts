

export interface ListSourceSkusResponse {
  'skus'?: (string)[];
  'nextPageToken'?: (string);
}

export interface ListSourceSkusResponse__Output {
  'skus': (string)[];
  'nextPageToken': (string);
}
