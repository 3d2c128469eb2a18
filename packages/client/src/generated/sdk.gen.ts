import type { Client, ClientMeta, Options as Options2, RequestResult, TDataShape } from './client/index.ts';
import type { AdjustStockData, AdjustStockErrors, AdjustStockResponses, ApproveHeldPriceData, ApproveHeldPriceErrors, ApproveHeldPriceResponses, CancelOrderData, CancelOrderErrors, CancelOrderResponses, CreateWebhookData, CreateWebhookErrors, CreateWebhookResponses, DeleteWebhookData, DeleteWebhookErrors, DeleteWebhookResponses, DeliverOrderData, DeliverOrderErrors, DeliverOrderResponses, ExplainData, ExplainErrors, ExplainResponses, GetLinksData, GetLinksErrors, GetLinksResponses, GetLivenessData, GetLivenessErrors, GetLivenessResponses, GetOrderData, GetOrderErrors, GetOrderEventsData, GetOrderEventsErrors, GetOrderEventsResponses, GetOrderHistoryData, GetOrderHistoryErrors, GetOrderHistoryResponses, GetOrderReservationData, GetOrderReservationErrors, GetOrderReservationResponses, GetOrderResponses, GetPriceHistoryData, GetPriceHistoryErrors, GetPriceHistoryResponses, GetPriceLimitsData, GetPriceLimitsErrors, GetPriceLimitsResponses, GetProblemData, GetProblemErrors, GetProblemResponses, GetProductData, GetProductErrors, GetProductResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, GetStatusData, GetStatusErrors, GetStatusResponses, GetStockData, GetStockErrors, GetStockResponses, GetWebhookData, GetWebhookErrors, GetWebhookResponses, ListDeliveriesData, ListDeliveriesErrors, ListDeliveriesResponses, ListEventsData, ListEventsErrors, ListEventsResponses, ListFeedRunsData, ListFeedRunsErrors, ListFeedRunsResponses, ListFeedsData, ListFeedsErrors, ListFeedsResponses, ListHeldPricesData, ListHeldPricesErrors, ListHeldPricesResponses, ListOrdersData, ListOrdersErrors, ListOrdersResponses, ListOutboxData, ListOutboxErrors, ListOutboxResponses, ListProblemsData, ListProblemsErrors, ListProblemsResponses, ListRefusalsData, ListRefusalsErrors, ListRefusalsResponses, ListStockMovementsData, ListStockMovementsErrors, ListStockMovementsResponses, ListWebhooksData, ListWebhooksErrors, ListWebhooksResponses, PayOrderData, PayOrderErrors, PayOrderResponses, PlaceOrderData, PlaceOrderErrors, PlaceOrderResponses, RedeliverEventData, RedeliverEventErrors, RedeliverEventResponses, RedriveOutboxData, RedriveOutboxErrors, RedriveOutboxResponses, RejectHeldPriceData, RejectHeldPriceErrors, RejectHeldPriceResponses, ReplayWebhookData, ReplayWebhookErrors, ReplayWebhookResponses, RotateWebhookSecretData, RotateWebhookSecretErrors, RotateWebhookSecretResponses, SearchProductsData, SearchProductsErrors, SearchProductsResponses, SetPriceLimitsData, SetPriceLimitsErrors, SetPriceLimitsResponses, SetStockData, SetStockErrors, SetStockResponses, ShipOrderData, ShipOrderErrors, ShipOrderResponses, SuggestQueriesData, SuggestQueriesErrors, SuggestQueriesResponses, TestWebhookData, TestWebhookErrors, TestWebhookResponses, UpdateWebhookData, UpdateWebhookErrors, UpdateWebhookResponses } from './types.gen.ts';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: keyof ClientMeta extends never ? Record<string, unknown> : ClientMeta;
};

/**
 * The process is up
 *
 * A process that does not answer should be started anew.
 */
export const getLiveness = <ThrowOnError extends boolean = true>(options: Options<GetLivenessData, ThrowOnError>): RequestResult<GetLivenessResponses, GetLivenessErrors, ThrowOnError> => options.client.get<GetLivenessResponses, GetLivenessErrors, ThrowOnError>({ url: '/livez', ...options });

/**
 * Orders can be placed
 *
 * The database and the catalog answer, and no shutdown was announced.
 */
export const getReadiness = <ThrowOnError extends boolean = true>(options: Options<GetReadinessData, ThrowOnError>): RequestResult<GetReadinessResponses, GetReadinessErrors, ThrowOnError> => options.client.get<GetReadinessResponses, GetReadinessErrors, ThrowOnError>({ url: '/readyz', ...options });

/**
 * Where to go from here
 *
 * The paths of the documentation, the problems and the health check.
 */
export const getLinks = <ThrowOnError extends boolean = true>(options: Options<GetLinksData, ThrowOnError>): RequestResult<GetLinksResponses, GetLinksErrors, ThrowOnError> => options.client.get<GetLinksResponses, GetLinksErrors, ThrowOnError>({ url: '/', ...options });

/**
 * Every problem type: what it means and what to do
 *
 * An error has the `code` of one of them.
 */
export const listProblems = <ThrowOnError extends boolean = true>(options: Options<ListProblemsData, ThrowOnError>): RequestResult<ListProblemsResponses, ListProblemsErrors, ThrowOnError> => options.client.get<ListProblemsResponses, ListProblemsErrors, ThrowOnError>({ url: '/problems', ...options });

/**
 * What a problem type means and what to do
 *
 * The path is the `type` of the problem. Its `code` in place of the slug has the same answer.
 */
export const getProblem = <ThrowOnError extends boolean = true>(options: Options<GetProblemData, ThrowOnError>): RequestResult<GetProblemResponses, GetProblemErrors, ThrowOnError> => options.client.get<GetProblemResponses, GetProblemErrors, ThrowOnError>({ url: '/problems/{slug}', ...options });

/**
 * Search the catalog, or list it
 *
 * Ranked, with typos tolerated. `match` says how the products match. Without `q` it lists all products that fit the filters.
 */
export const searchProducts = <ThrowOnError extends boolean = true>(options: Options<SearchProductsData, ThrowOnError>): RequestResult<SearchProductsResponses, SearchProductsErrors, ThrowOnError> => options.client.get<SearchProductsResponses, SearchProductsErrors, ThrowOnError>({ url: '/v1/products', ...options });

/**
 * Complete a query while it is typed
 *
 * From the words, titles, brands and categories of the products.
 */
export const suggestQueries = <ThrowOnError extends boolean = true>(options: Options<SuggestQueriesData, ThrowOnError>): RequestResult<SuggestQueriesResponses, SuggestQueriesErrors, ThrowOnError> => options.client.get<SuggestQueriesResponses, SuggestQueriesErrors, ThrowOnError>({ url: '/v1/suggestions', ...options });

/**
 * Read a product
 *
 * With its present price and the quantity that can be ordered.
 */
export const getProduct = <ThrowOnError extends boolean = true>(options: Options<GetProductData, ThrowOnError>): RequestResult<GetProductResponses, GetProductErrors, ThrowOnError> => options.client.get<GetProductResponses, GetProductErrors, ThrowOnError>({ url: '/v1/products/{sku}', ...options });

/**
 * Read the prices that a product had
 *
 * Each price with its time, or with `step` the first, highest, lowest and last price of each minute, hour or day. A page may have fewer than `pageSize`, and only the last one has no `nextPageToken`.
 */
export const getPriceHistory = <ThrowOnError extends boolean = true>(options: Options<GetPriceHistoryData, ThrowOnError>): RequestResult<GetPriceHistoryResponses, GetPriceHistoryErrors, ThrowOnError> => options.client.get<GetPriceHistoryResponses, GetPriceHistoryErrors, ThrowOnError>({ url: '/v1/products/{sku}/prices', ...options });

/**
 * List orders, newest first
 *
 * A customer's own orders; for staff the orders of all customers. `status`, `sku` and `reference` look at some 20,000 orders for a page. So a page may have few orders or none, and `nextPageToken` looks further: `searchedTo` tells how far it has looked.
 *
 * Needs the scope `orders:read` or `orders:manage`.
 */
export const listOrders = <ThrowOnError extends boolean = true>(options: Options<ListOrdersData, ThrowOnError>): RequestResult<ListOrdersResponses, ListOrdersErrors, ThrowOnError> => options.client.get<ListOrdersResponses, ListOrdersErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders',
    ...options
});

/**
 * Place an order
 *
 * The catalog prices the order and holds its stock until it is paid or expires. Sent again with the same key and body, it answers with the same order. After an answer of 5xx, send it again: the order is placed at most once.
 *
 * Needs the scope `orders:write`.
 */
export const placeOrder = <ThrowOnError extends boolean = true>(options: Options<PlaceOrderData, ThrowOnError>): RequestResult<PlaceOrderResponses, PlaceOrderErrors, ThrowOnError> => options.client.post<PlaceOrderResponses, PlaceOrderErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Read an order
 *
 * Another customer's order does not exist for a customer: it is 404.
 *
 * Needs the scope `orders:read` or `orders:manage`.
 */
export const getOrder = <ThrowOnError extends boolean = true>(options: Options<GetOrderData, ThrowOnError>): RequestResult<GetOrderResponses, GetOrderErrors, ThrowOnError> => options.client.get<GetOrderResponses, GetOrderErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders/{id}',
    ...options
});

/**
 * Read every transition of an order
 *
 * From which status to which, when, who did it and why. The oldest is first.
 *
 * Needs the scope `orders:read` or `orders:manage`.
 */
export const getOrderHistory = <ThrowOnError extends boolean = true>(options: Options<GetOrderHistoryData, ThrowOnError>): RequestResult<GetOrderHistoryResponses, GetOrderHistoryErrors, ThrowOnError> => options.client.get<GetOrderHistoryResponses, GetOrderHistoryErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders/{id}/history',
    ...options
});

/**
 * Record that an order was paid
 *
 * Possible while the order is `placed` and before `expiresAt`. The stock is then sold.
 *
 * Needs the scope `orders:manage`.
 */
export const payOrder = <ThrowOnError extends boolean = true>(options: Options<PayOrderData, ThrowOnError>): RequestResult<PayOrderResponses, PayOrderErrors, ThrowOnError> => options.client.post<PayOrderResponses, PayOrderErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders/{id}/pay',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Record that an order was shipped
 *
 * Possible while the order is `paid`.
 *
 * Needs the scope `orders:manage`.
 */
export const shipOrder = <ThrowOnError extends boolean = true>(options: Options<ShipOrderData, ThrowOnError>): RequestResult<ShipOrderResponses, ShipOrderErrors, ThrowOnError> => options.client.post<ShipOrderResponses, ShipOrderErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders/{id}/ship',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Record that an order was delivered
 *
 * Possible while the order is `shipped`.
 *
 * Needs the scope `orders:manage`.
 */
export const deliverOrder = <ThrowOnError extends boolean = true>(options: Options<DeliverOrderData, ThrowOnError>): RequestResult<DeliverOrderResponses, DeliverOrderErrors, ThrowOnError> => options.client.post<DeliverOrderResponses, DeliverOrderErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders/{id}/deliver',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Cancel an order that was not shipped
 *
 * Possible while the order is `placed` or `paid`. Its stock can be sold again. Customers cancel their own orders, staff any order.
 *
 * Needs the scope `orders:write` or `orders:manage`.
 */
export const cancelOrder = <ThrowOnError extends boolean = true>(options: Options<CancelOrderData, ThrowOnError>): RequestResult<CancelOrderResponses, CancelOrderErrors, ThrowOnError> => options.client.post<CancelOrderResponses, CancelOrderErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders/{id}/cancel',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Read the log of events, as pages or as a stream
 *
 * Every transition of every order, in the order of their positions. Keep `next` and send it as `after`: no event is skipped.
 *
 * To open the stream, send `Accept: text/event-stream` and read the body as it comes (`curl -N`, or `fetch` in a page: `EventSource` sends no token). It never ends by itself. When it breaks, send the last `id` as `Last-Event-ID`.
 *
 * Needs the scope `events:read` or `orders:manage`.
 */
export const listEvents = <ThrowOnError extends boolean = true>(options: Options<ListEventsData, ThrowOnError>): RequestResult<ListEventsResponses, ListEventsErrors, ThrowOnError> => options.client.get<ListEventsResponses, ListEventsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events',
    ...options
});

/**
 * List all webhooks
 *
 * The webhooks of the API and of `WEBHOOK_URLS`, without their secrets.
 *
 * Needs the scope `webhooks:manage`.
 */
export const listWebhooks = <ThrowOnError extends boolean = true>(options: Options<ListWebhooksData, ThrowOnError>): RequestResult<ListWebhooksResponses, ListWebhooksErrors, ThrowOnError> => options.client.get<ListWebhooksResponses, ListWebhooksErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks',
    ...options
});

/**
 * Make a webhook, which begins at the end of the log
 *
 * It gets the events that follow. Keep its `secret`: deliveries are signed with it.
 *
 * Needs the scope `webhooks:manage`.
 */
export const createWebhook = <ThrowOnError extends boolean = true>(options: Options<CreateWebhookData, ThrowOnError>): RequestResult<CreateWebhookResponses, CreateWebhookErrors, ThrowOnError> => options.client.post<CreateWebhookResponses, CreateWebhookErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete a webhook and its deliveries
 *
 * An attempt that is under way may still arrive. A URL of `WEBHOOK_URLS` is deleted only with `endedAt`.
 *
 * Needs the scope `webhooks:manage`.
 */
export const deleteWebhook = <ThrowOnError extends boolean = true>(options: Options<DeleteWebhookData, ThrowOnError>): RequestResult<DeleteWebhookResponses, DeleteWebhookErrors, ThrowOnError> => options.client.delete<DeleteWebhookResponses, DeleteWebhookErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks/{id}',
    ...options
});

/**
 * Read a webhook
 *
 * Without its secret. `position` tells how far it is in the log.
 *
 * Needs the scope `webhooks:manage`.
 */
export const getWebhook = <ThrowOnError extends boolean = true>(options: Options<GetWebhookData, ThrowOnError>): RequestResult<GetWebhookResponses, GetWebhookErrors, ThrowOnError> => options.client.get<GetWebhookResponses, GetWebhookErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks/{id}',
    ...options
});

/**
 * Change, pause or resume a webhook
 *
 * A webhook that is resumed, that gets another URL, or that counted as down when its state is set to active, is sent its pending events at once. A webhook with `endedAt` that is given a URL is taken over: it becomes one of the API, goes on from where it was, and the answer has its new `secret`.
 *
 * Needs the scope `webhooks:manage`.
 */
export const updateWebhook = <ThrowOnError extends boolean = true>(options: Options<UpdateWebhookData, ThrowOnError>): RequestResult<UpdateWebhookResponses, UpdateWebhookErrors, ThrowOnError> => options.client.patch<UpdateWebhookResponses, UpdateWebhookErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Give a webhook a new secret
 *
 * The replaced secret signs for a day more, beside the new one.
 *
 * Needs the scope `webhooks:manage`.
 */
export const rotateWebhookSecret = <ThrowOnError extends boolean = true>(options: Options<RotateWebhookSecretData, ThrowOnError>): RequestResult<RotateWebhookSecretResponses, RotateWebhookSecretErrors, ThrowOnError> => options.client.post<RotateWebhookSecretResponses, RotateWebhookSecretErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks/{id}/rotate-secret',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Send a test event at once, also to a paused webhook
 *
 * The answer tells how the receiver answered. The event is in no log. If a receiver that counts as down takes it, its pending events follow at once.
 *
 * Needs the scope `webhooks:manage`.
 */
export const testWebhook = <ThrowOnError extends boolean = true>(options: Options<TestWebhookData, ThrowOnError>): RequestResult<TestWebhookResponses, TestWebhookErrors, ThrowOnError> => options.client.post<TestWebhookResponses, TestWebhookErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks/{id}/test',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Deliver the events after a position again
 *
 * A position that the webhook has not reached moves nothing. A receiver that counts as down is tried again at once.
 *
 * Needs the scope `webhooks:manage`.
 */
export const replayWebhook = <ThrowOnError extends boolean = true>(options: Options<ReplayWebhookData, ThrowOnError>): RequestResult<ReplayWebhookResponses, ReplayWebhookErrors, ThrowOnError> => options.client.post<ReplayWebhookResponses, ReplayWebhookErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks/{id}/replay',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List the deliveries of a webhook, the newest event first
 *
 * Each with its latest attempts. An event that was not tried yet has no delivery.
 *
 * Needs the scope `webhooks:manage`.
 */
export const listDeliveries = <ThrowOnError extends boolean = true>(options: Options<ListDeliveriesData, ThrowOnError>): RequestResult<ListDeliveriesResponses, ListDeliveriesErrors, ThrowOnError> => options.client.get<ListDeliveriesResponses, ListDeliveriesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks/{id}/deliveries',
    ...options
});

/**
 * Deliver an event again
 *
 * The attempt follows soon after the answer, also for a delivery that is dead.
 *
 * Needs the scope `webhooks:manage`.
 */
export const redeliverEvent = <ThrowOnError extends boolean = true>(options: Options<RedeliverEventData, ThrowOnError>): RequestResult<RedeliverEventResponses, RedeliverEventErrors, ThrowOnError> => options.client.post<RedeliverEventResponses, RedeliverEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * How the services are, and what they do
 *
 * Health of both services, and rates, times and work that waits. A status is taken once a second while somebody reads, and until a minute later. The first answer after a pause has no `rates`: ask again a second later.
 *
 * Needs the scope `orders:manage`.
 */
export const getStatus = <ThrowOnError extends boolean = true>(options: Options<GetStatusData, ThrowOnError>): RequestResult<GetStatusResponses, GetStatusErrors, ThrowOnError> => options.client.get<GetStatusResponses, GetStatusErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/status',
    ...options
});

/**
 * List the refusals of the last day, newest first
 *
 * The requests to place or to change an order that were answered with a problem, a second after their answer. Each is kept for a day, if there is room: `notKept` counts the others.
 *
 * Needs the scope `orders:manage`.
 */
export const listRefusals = <ThrowOnError extends boolean = true>(options: Options<ListRefusalsData, ThrowOnError>): RequestResult<ListRefusalsResponses, ListRefusalsErrors, ThrowOnError> => options.client.get<ListRefusalsResponses, ListRefusalsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/refusals',
    ...options
});

/**
 * Explain what became of an order or a request
 *
 * Asked with `order`, or with `key` and `customerId`, or with `trace`. The sentence rests on the order, its messages and events, the refusals of the last day and the reservation in the catalog. Without the catalog it is answered from the rest.
 *
 * Needs the scope `orders:manage`.
 */
export const explain = <ThrowOnError extends boolean = true>(options: Options<ExplainData, ThrowOnError>): RequestResult<ExplainResponses, ExplainErrors, ThrowOnError> => options.client.get<ExplainResponses, ExplainErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/explain',
    ...options
});

/**
 * Read the events of an order with their deliveries, and its commands to the catalog
 *
 * For staff. Each event has a delivery for each webhook that has got it or is still to get it. A webhook that was made later, or gets other types, has none. The commands sell the stock of the order or give it back.
 *
 * Needs the scope `orders:manage`.
 */
export const getOrderEvents = <ThrowOnError extends boolean = true>(options: Options<GetOrderEventsData, ThrowOnError>): RequestResult<GetOrderEventsResponses, GetOrderEventsErrors, ThrowOnError> => options.client.get<GetOrderEventsResponses, GetOrderEventsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders/{id}/events',
    ...options
});

/**
 * List the commands to the catalog that are not delivered, the oldest first
 *
 * For staff. Each sells the stock of an order or gives it back. A pending command is tried again by itself; a dead one is not.
 *
 * Needs the scope `orders:manage`.
 */
export const listOutbox = <ThrowOnError extends boolean = true>(options: Options<ListOutboxData, ThrowOnError>): RequestResult<ListOutboxResponses, ListOutboxErrors, ThrowOnError> => options.client.get<ListOutboxResponses, ListOutboxErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/outbox',
    ...options
});

/**
 * Send dead commands to the catalog again
 *
 * For staff. They are due at once, with no attempt counted. Repeating the request is safe: a command that is pending again stays as it is, and the catalog carries out each command once.
 *
 * Needs the scope `orders:manage`.
 */
export const redriveOutbox = <ThrowOnError extends boolean = true>(options: Options<RedriveOutboxData, ThrowOnError>): RequestResult<RedriveOutboxResponses, RedriveOutboxErrors, ThrowOnError> => options.client.post<RedriveOutboxResponses, RedriveOutboxErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/outbox/redrive',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Read what the catalog keeps for an order
 *
 * The stock that it holds or has sold for the order. It may have a reservation although the order does not exist: the answer to its placing was lost, or is on its way.
 *
 * Needs the scope `orders:manage`.
 */
export const getOrderReservation = <ThrowOnError extends boolean = true>(options: Options<GetOrderReservationData, ThrowOnError>): RequestResult<GetOrderReservationResponses, GetOrderReservationErrors, ThrowOnError> => options.client.get<GetOrderReservationResponses, GetOrderReservationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/orders/{id}/reservation',
    ...options
});

/**
 * Read the stock of a product
 *
 * How many pieces there are, and how many of them orders hold.
 *
 * Needs the scope `catalog:write`.
 */
export const getStock = <ThrowOnError extends boolean = true>(options: Options<GetStockData, ThrowOnError>): RequestResult<GetStockResponses, GetStockErrors, ThrowOnError> => options.client.get<GetStockResponses, GetStockErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/stock/{sku}',
    ...options
});

/**
 * List the changes of the stock of a product, newest first
 *
 * Each change of the quantity on hand: by hand, by an import, by a sale. All deltas add up to it.
 *
 * Needs the scope `catalog:write`.
 */
export const listStockMovements = <ThrowOnError extends boolean = true>(options: Options<ListStockMovementsData, ThrowOnError>): RequestResult<ListStockMovementsResponses, ListStockMovementsErrors, ThrowOnError> => options.client.get<ListStockMovementsResponses, ListStockMovementsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/stock/{sku}/movements',
    ...options
});

/**
 * Add pieces to the stock of a product, or take pieces from it
 *
 * For a delivery, a loss or a find. Sent again with the same key, it changes nothing more, whatever its body says.
 *
 * Needs the scope `catalog:write`.
 */
export const adjustStock = <ThrowOnError extends boolean = true>(options: Options<AdjustStockData, ThrowOnError>): RequestResult<AdjustStockResponses, AdjustStockErrors, ThrowOnError> => options.client.post<AdjustStockResponses, AdjustStockErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/stock/{sku}/adjust',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Set the stock of a product to what was counted
 *
 * The ledger gets the difference. Sent again with the same key, it changes nothing more, whatever its body says.
 *
 * Needs the scope `catalog:write`.
 */
export const setStock = <ThrowOnError extends boolean = true>(options: Options<SetStockData, ThrowOnError>): RequestResult<SetStockResponses, SetStockErrors, ThrowOnError> => options.client.post<SetStockResponses, SetStockErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/stock/{sku}/set',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List the feeds with their last runs, by name
 *
 * A feed is known from its first run on. `mercat feeds sync` runs it.
 *
 * Needs the scope `catalog:write`.
 */
export const listFeeds = <ThrowOnError extends boolean = true>(options: Options<ListFeedsData, ThrowOnError>): RequestResult<ListFeedsResponses, ListFeedsErrors, ThrowOnError> => options.client.get<ListFeedsResponses, ListFeedsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/feeds',
    ...options
});

/**
 * List the runs of a feed, the newest first
 *
 * The catalog keeps the last 100.
 *
 * Needs the scope `catalog:write`.
 */
export const listFeedRuns = <ThrowOnError extends boolean = true>(options: Options<ListFeedRunsData, ThrowOnError>): RequestResult<ListFeedRunsResponses, ListFeedRunsErrors, ThrowOnError> => options.client.get<ListFeedRunsResponses, ListFeedRunsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/feeds/{name}/runs',
    ...options
});

/**
 * List the prices that are held, the oldest first
 *
 * Each waits for a decision, because it differs too much. The old price sells on meanwhile.
 *
 * Needs the scope `catalog:write`.
 */
export const listHeldPrices = <ThrowOnError extends boolean = true>(options: Options<ListHeldPricesData, ThrowOnError>): RequestResult<ListHeldPricesResponses, ListHeldPricesErrors, ThrowOnError> => options.client.get<ListHeldPricesResponses, ListHeldPricesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/held-prices',
    ...options
});

/**
 * Give the product the price that is held
 *
 * Only if the held price is still the price of the body. Sent again, it changes nothing more and has the same answer.
 *
 * Needs the scope `catalog:write`.
 */
export const approveHeldPrice = <ThrowOnError extends boolean = true>(options: Options<ApproveHeldPriceData, ThrowOnError>): RequestResult<ApproveHeldPriceResponses, ApproveHeldPriceErrors, ThrowOnError> => options.client.post<ApproveHeldPriceResponses, ApproveHeldPriceErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/held-prices/{id}/approve',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Drop the price that is held
 *
 * Only if the held price is still the price of the body. The product keeps its price, and the same price of this source is not held again. Sent again, it changes nothing more.
 *
 * Needs the scope `catalog:write`.
 */
export const rejectHeldPrice = <ThrowOnError extends boolean = true>(options: Options<RejectHeldPriceData, ThrowOnError>): RequestResult<RejectHeldPriceResponses, RejectHeldPriceErrors, ThrowOnError> => options.client.post<RejectHeldPriceResponses, RejectHeldPriceErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/held-prices/{id}/reject',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Read the limits of the price of a product
 *
 * A price of a source that passes a limit is held. A person may set any price.
 *
 * Needs the scope `catalog:write`.
 */
export const getPriceLimits = <ThrowOnError extends boolean = true>(options: Options<GetPriceLimitsData, ThrowOnError>): RequestResult<GetPriceLimitsResponses, GetPriceLimitsErrors, ThrowOnError> => options.client.get<GetPriceLimitsResponses, GetPriceLimitsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/price-limits/{sku}',
    ...options
});

/**
 * Set the limits of the price of a product
 *
 * They take the place of the ones before: a limit that is null or missing is taken away.
 *
 * Needs the scope `catalog:write`.
 */
export const setPriceLimits = <ThrowOnError extends boolean = true>(options: Options<SetPriceLimitsData, ThrowOnError>): RequestResult<SetPriceLimitsResponses, SetPriceLimitsErrors, ThrowOnError> => options.client.put<SetPriceLimitsResponses, SetPriceLimitsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/price-limits/{sku}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});
