

export interface SuggestQueriesRequest {
  'prefix'?: (string);
  'limit'?: (number);
}

export interface SuggestQueriesRequest__Output {
  'prefix': (string);
  'limit': (number);
}
