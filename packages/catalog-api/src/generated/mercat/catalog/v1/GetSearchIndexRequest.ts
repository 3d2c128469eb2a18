

export interface GetSearchIndexRequest {
}

export interface GetSearchIndexRequest__Output {
}
