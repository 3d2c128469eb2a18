

export interface ReindexProductsRequest {
}

export interface ReindexProductsRequest__Output {
}
