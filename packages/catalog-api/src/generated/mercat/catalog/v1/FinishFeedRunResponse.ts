

export interface FinishFeedRunResponse {
}

export interface FinishFeedRunResponse__Output {
}
