

export interface BeginFeedRunRequest {
  'feed'?: (string);
  'maxPriceChangePercent'?: (number | string);
  '_maxPriceChangePercent'?: "maxPriceChangePercent";
}

export interface BeginFeedRunRequest__Output {
  'feed': (string);
  'maxPriceChangePercent'?: (number);
  '_maxPriceChangePercent'?: "maxPriceChangePercent";
}
