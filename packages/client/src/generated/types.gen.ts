export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

export type Webhooks = OrderPlacedWebhookRequest | OrderPaidWebhookRequest | OrderShippedWebhookRequest | OrderDeliveredWebhookRequest | OrderCancelledWebhookRequest | OrderExpiredWebhookRequest | WebhookTestedWebhookRequest;

/**
 * An amount in the smallest unit of its currency
 */
export type Money = {
    /**
     * In minor units: 12.99 EUR is 1299
     */
    amountMinor: number;
    /**
     * ISO 4217
     */
    currency: string;
};

/**
 * Where the order goes
 */
export type ShippingAddress = {
    name: string;
    line1: string;
    line2?: string;
    city: string;
    region?: string;
    /**
     * Required, except in countries that have no postal codes
     */
    postalCode?: string;
    /**
     * ISO 3166-1 alpha-2, or XK
     */
    country: string;
};

/**
 * An order to place. The server sets the prices.
 */
export type OrderRequest = {
    /**
     * Lines with the same sku are one line
     */
    items: Array<{
        sku: string;
        quantity: number;
        expectedUnitPrice?: Money;
    }>;
    shippingAddress?: ShippingAddress;
    /**
     * The client's own name for the order
     */
    reference?: string;
    /**
     * Up to 20 texts that the order keeps for the client
     */
    metadata?: {
        [key: string]: string;
    };
};

/**
 * An order with the prices that hold for it
 */
export type Order = {
    /**
     * Follows from the customer and the idempotency key
     */
    id: string;
    /**
     * First `placed`, then `paid`, `shipped` and `delivered`; or `cancelled`, or `expired` when it was not paid in time
     */
    status: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired';
    /**
     * The `sub` of the token that placed the order
     */
    customerId: string;
    /**
     * Sorted by sku
     */
    items: Array<{
        sku: string;
        /**
         * As it was when the order was placed
         */
        title: string;
        quantity: number;
        unitPrice: Money;
        lineTotal: Money;
    }>;
    total: Money;
    shippingAddress?: ShippingAddress;
    /**
     * The client's own name for the order
     */
    reference?: string;
    metadata?: {
        [key: string]: string;
    };
    /**
     * When it was placed
     */
    placedAt: string;
    /**
     * When its latest transition was
     */
    updatedAt: string;
    /**
     * Until when it may be paid
     */
    expiresAt: string;
    /**
     * Changes with every transition; the ETag
     */
    version: number;
};

/**
 * Newest first
 */
export type OrderList = {
    orders: Array<Order>;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
    /**
     * Only where the page has looked at its most orders: the place of the last one. The next page looks further.
     */
    searchedTo?: string;
};

/**
 * What the transition is known by outside, such as a payment or a parcel
 */
export type Reference = {
    reference: string;
};

/**
 * May be left out
 */
export type Cancellation = {
    /**
     * The history of the order keeps it as `why`
     */
    reason?: string;
};

/**
 * Oldest first
 */
export type History = {
    history: Array<{
        from: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired' | null;
        /**
         * First `placed`, then `paid`, `shipped` and `delivered`; or `cancelled`, or `expired` when it was not paid in time
         */
        to: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired';
        /**
         * When the transition was
         */
        when: string;
        /**
         * The subject of a token, or `system:` and a part of the service
         */
        who: string;
        /**
         * The reason of a cancellation
         */
        why?: string;
        /**
         * Of the payment, the parcel or the receipt
         */
        reference?: string;
    }>;
};

/**
 * What a price reduction must name in the European Union (directive 98/6/EC)
 */
export type LowestPrice = {
    amount: Money;
    /**
     * When the present price began
     */
    since: string;
};

/**
 * A product with its present price and stock
 */
export type Product = {
    /**
     * Identifies the product
     */
    sku: string;
    title: string;
    /**
     * Empty when there is none
     */
    description: string;
    /**
     * Empty when there is none
     */
    brand: string;
    /**
     * A path, such as `Home/Kitchen`
     */
    category: string;
    price: Money;
    /**
     * Texts by name, such as a colour
     */
    attributes: {
        [key: string]: string;
    };
    imageUrls: Array<string>;
    /**
     * An archived product cannot be ordered
     */
    state: 'ACTIVE' | 'ARCHIVED';
    /**
     * How many can be ordered now
     */
    availableQuantity: number;
    /**
     * Changes with every change of the product, but not with a price of ApplyPrices
     */
    etag: string;
    /**
     * When it was made
     */
    createTime: string;
    /**
     * When it was changed last
     */
    updateTime: string;
    /**
     * The name that the variants of one thing share
     */
    group?: string;
    lowestPrice30d?: LowestPrice;
};

/**
 * The best first
 */
export type ProductList = {
    products: Array<Product>;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
    /**
     * How many products fit, on all pages
     */
    totalSize: number;
    /**
     * False when `totalSize` is a lower bound
     */
    totalSizeExact: boolean;
    /**
     * How many of the products that fit have which value
     */
    facets: Array<{
        field: string;
        values: Array<{
            value: string;
            count: number;
        }>;
    }>;
    /**
     * `ALL`: they have all words. `CORRECTED`: they have all words of `correctedQuery`. `SOME`: no product has all words
     */
    match: 'ALL' | 'SOME' | 'CORRECTED';
    /**
     * With `CORRECTED`: `q` with its misspelled words corrected
     */
    correctedQuery?: string;
};

/**
 * Completions of a query
 */
export type SuggestionList = {
    /**
     * The best first; no text comes twice
     */
    suggestions: Array<{
        /**
         * A query that finds products
         */
        text: string;
        /**
         * Where it comes from: words of products, a title, a brand, a category, or a corrected typo
         */
        kind: 'QUERY' | 'PRODUCT' | 'BRAND' | 'CATEGORY' | 'CORRECTION';
    }>;
};

/**
 * A price and the time in which it was in force
 */
export type PricePeriod = {
    price: Money;
    /**
     * When the price began
     */
    beginsAt: string;
    /**
     * When the next price began; null for the present price
     */
    endsAt: string | null;
};

/**
 * The prices that were in force in a step. A step in which the currency changed has a bar for each
 */
export type PriceBar = {
    /**
     * When the step began
     */
    beginsAt: string;
    open: Money;
    high: Money;
    low: Money;
    close: Money;
    /**
     * How many prices began in the step
     */
    changes: number;
};

/**
 * A page of the prices of a product
 */
export type PriceHistory = {
    sku: string;
    /**
     * Without a step: each price, the oldest first
     */
    periods?: Array<PricePeriod>;
    /**
     * With a step: one for the first step, and one for each in which a price began. Between two bars the price has stayed at the close of the first one
     */
    bars?: Array<PriceBar>;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
    /**
     * Where the history of the product begins. Earlier prices are not known
     */
    beginsAt: string;
    /**
     * Before this time only bars of days are known
     */
    exactSince: string;
};

/**
 * The order as it was after the transition
 */
export type EventData = {
    /**
     * Follows from the customer and the idempotency key
     */
    id: string;
    /**
     * First `placed`, then `paid`, `shipped` and `delivered`; or `cancelled`, or `expired` when it was not paid in time
     */
    status: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired';
    /**
     * The `sub` of the token that placed the order
     */
    customerId: string;
    /**
     * Sorted by sku
     */
    items: Array<{
        sku: string;
        /**
         * As it was when the order was placed
         */
        title: string;
        quantity: number;
        unitPrice: Money;
        lineTotal: Money;
    }>;
    total: Money;
    shippingAddress?: ShippingAddress;
    /**
     * The client's own name for the order
     */
    reference?: string;
    metadata?: {
        [key: string]: string;
    };
    /**
     * When it was placed
     */
    placedAt: string;
    /**
     * When its latest transition was
     */
    updatedAt: string;
    /**
     * Until when it may be paid
     */
    expiresAt: string;
    /**
     * Changes with every transition; the ETag
     */
    version: number;
    /**
     * The transition of which the event tells
     */
    change: {
        from: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired' | null;
        /**
         * First `placed`, then `paid`, `shipped` and `delivered`; or `cancelled`, or `expired` when it was not paid in time
         */
        to: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired';
        /**
         * The subject of a token, or `system:` and a part of the service
         */
        who: string;
        /**
         * The reason of a cancellation
         */
        why?: string;
        /**
         * Of the payment, the parcel or the receipt
         */
        reference?: string;
    };
    /**
     * The order was paid when it was cancelled
     */
    paymentMustBeReturned?: true;
};

/**
 * A CloudEvent 1.0: one transition of one order
 */
export type Event = {
    specversion: '1.0';
    /**
     * The same each time this event is read or delivered
     */
    id: string;
    source: '/v1/orders';
    type: 'mercat.order.placed.v1' | 'mercat.order.paid.v1' | 'mercat.order.shipped.v1' | 'mercat.order.delivered.v1' | 'mercat.order.cancelled.v1' | 'mercat.order.expired.v1';
    /**
     * The id of the order
     */
    subject: string;
    /**
     * When the transition was
     */
    time: string;
    datacontenttype: 'application/json';
    /**
     * The trace of the request that made the transition (CloudEvents Distributed Tracing). Absent when the service made the transition by itself
     */
    traceparent?: string;
    data: EventData;
};

/**
 * In ascending order. A filtered page may be empty before the end of the log.
 */
export type EventPage = {
    events: Array<{
        /**
         * A place in the log of events; 0 is its beginning
         */
        position: string;
        event: Event;
    }>;
    /**
     * The `after` of the next page
     */
    next: string;
    /**
     * Whether the page reached the end of the log
     */
    caughtUp: boolean;
};

/**
 * A URL that gets events
 */
export type Webhook = {
    id: string;
    /**
     * Where events are posted to
     */
    url: string;
    /**
     * The types of events that it receives; `*` is every type
     */
    types: Array<string>;
    description: string;
    state: 'active' | 'paused';
    /**
     * `environment` for a URL that is in `WEBHOOK_URLS`, or was
     */
    origin: 'api' | 'environment';
    /**
     * Events after this position were not tried yet
     */
    position: string;
    /**
     * When it was made
     */
    createdAt: string;
    /**
     * When its URL left `WEBHOOK_URLS`. It gets the events up to then. Absent for all other webhooks.
     */
    endedAt?: string;
    /**
     * How many events wait for it. Events after `position` of types that it does not receive count until it has passed them. Deliveries are counted up to 100,000. This and the next three members are only in answers to a `GET`.
     */
    pending?: number;
    /**
     * When the oldest of these events was logged. Null when none waits
     */
    waitingSince?: string | null;
    /**
     * How many deliveries are dead, counted up to 1,000
     */
    dead?: number;
    /**
     * The oldest event whose last attempt has failed and that is tried again. Null when there is none
     */
    failing?: {
        /**
         * The first attempt at this event
         */
        since: string;
        lastAttempt: DeliveryAttempt;
        /**
         * When the next attempt at any event is due. Null while the webhook is paused
         */
        nextAttemptAt: string | null;
    } | null;
    /**
     * Signs deliveries. Only in the answer that makes or rotates it, or that takes the webhook over.
     */
    secret?: string;
};

/**
 * Without `types` it receives every type
 */
export type NewWebhook = {
    /**
     * http: or https:, without a password and without a fragment
     */
    url: string;
    /**
     * The types of events that it receives; `*` is every type, also later ones
     */
    types?: Array<'*' | 'mercat.order.placed.v1' | 'mercat.order.paid.v1' | 'mercat.order.shipped.v1' | 'mercat.order.delivered.v1' | 'mercat.order.cancelled.v1' | 'mercat.order.expired.v1'>;
    /**
     * For people; the service does not read it
     */
    description?: string;
};

/**
 * Members that are absent stay as they are
 */
export type WebhookChange = {
    /**
     * http: or https:, without a password and without a fragment
     */
    url?: string;
    /**
     * The types of events that it receives; `*` is every type, also later ones
     */
    types?: Array<'*' | 'mercat.order.placed.v1' | 'mercat.order.paid.v1' | 'mercat.order.shipped.v1' | 'mercat.order.delivered.v1' | 'mercat.order.cancelled.v1' | 'mercat.order.expired.v1'>;
    /**
     * For people; the service does not read it
     */
    description?: string;
    state?: 'active' | 'paused';
};

/**
 * The newest first
 */
export type WebhookList = {
    webhooks: Array<Webhook>;
};

/**
 * The events after this position are delivered again
 */
export type Replay = {
    /**
     * A place in the log of events; 0 is its beginning
     */
    after: string;
};

/**
 * One request to a receiver, and what became of it
 */
export type DeliveryAttempt = {
    /**
     * When it began
     */
    at: string;
    /**
     * How long it took
     */
    ms: number;
    /**
     * The HTTP status; absent when there was no answer
     */
    status?: number;
    /**
     * Why it failed
     */
    error?: string;
    /**
     * The first kilobyte of the answer
     */
    answer?: string;
};

/**
 * One event for one webhook
 */
export type Delivery = {
    /**
     * The position of its event
     */
    id: string;
    event: {
        /**
         * A place in the log of events; 0 is its beginning
         */
        position: string;
        id: string;
        type: string;
        orderId: string;
    };
    state: 'pending' | 'delivered' | 'dead';
    /**
     * The last ten, the oldest first
     */
    attempts: Array<DeliveryAttempt>;
    /**
     * How many attempts there were
     */
    attemptCount: number;
    /**
     * Not earlier; absent when it is not pending, or waits for an earlier event of its order
     */
    nextAttemptAt?: string;
};

/**
 * The newest event first
 */
export type DeliveryList = {
    deliveries: Array<Delivery>;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
};

/**
 * What became of a test event
 */
export type WebhookTest = {
    /**
     * Whether the receiver answered with 2xx
     */
    delivered: boolean;
    attempt: DeliveryAttempt;
};

/**
 * Nothing to say
 */
export type Empty = {
    [key: string]: never;
};

/**
 * What the catalog keeps for an order
 */
export type Reservation = {
    orderId: string;
    /**
     * `HELD`: the stock waits for the payment. `COMMITTED`: sold. `RELEASED`: ended for good. `EXPIRED`: the hold has run out.
     */
    state: 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED';
    /**
     * Sorted by sku; empty when the order was released before it had a reservation
     */
    lines: Array<{
        sku: string;
        /**
         * As it was when the stock was held
         */
        title: string;
        quantity: number;
        unitPrice: Money;
    }>;
    total: Money | null;
    /**
     * When the hold ends, or would have ended. A hold may be used until it is swept, seconds later.
     */
    expiresAt: string | null;
    /**
     * When the stock was held for the first time
     */
    createdAt: string;
    /**
     * When its state or its end changed last
     */
    updatedAt: string;
};

/**
 * Null when the catalog has no reservation for the order
 */
export type OrderReservation = {
    reservation: Reservation | null;
};

/**
 * The stock of a product
 */
export type StockLevel = {
    sku: string;
    /**
     * The pieces in the warehouse
     */
    onHand: number;
    /**
     * The pieces of these that orders hold, which are not sold yet
     */
    held: number;
    /**
     * `onHand` minus `held`: the pieces that can be ordered
     */
    available: number;
};

/**
 * A change of the quantity on hand
 */
export type StockMovement = {
    /**
     * `SET`: by hand or by an import. `ADJUST`: by hand. `COMMIT`: a sale. `RETURN`: a sale was cancelled.
     */
    kind: 'SET' | 'ADJUST' | 'COMMIT' | 'RETURN';
    /**
     * Added to the quantity on hand; negative when it was taken from it
     */
    delta: number;
    /**
     * The id of the request or of the order. One cause changes a product once.
     */
    cause: string;
    /**
     * The order of a sale, or of a cancelled sale
     */
    orderId: string | null;
    /**
     * As it was given; `import` for an import; may be empty
     */
    reason: string;
    /**
     * The subject of the token; empty where it was not kept yet
     */
    who: string;
    /**
     * When the change was made
     */
    at: string;
};

/**
 * The newest first
 */
export type StockMovementList = {
    movements: Array<StockMovement>;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
};

/**
 * Pieces that came or went, and why
 */
export type StockAdjustment = {
    /**
     * Added to the quantity on hand; negative takes pieces away
     */
    delta: number;
    reason: string;
};

/**
 * The pieces that were counted
 */
export type StockSetting = {
    /**
     * The new quantity on hand
     */
    onHand: number;
    /**
     * The ledger keeps it
     */
    reason?: string;
};

/**
 * One run of a feed
 */
export type FeedRun = {
    /**
     * Ascending in each feed, from 1
     */
    number: number;
    /**
     * When the run began
     */
    startedAt: string;
    /**
     * When the run ended. Null without an end: the run goes on, or nobody has reported its end.
     */
    endedAt: string | null;
    /**
     * `synced`: all rows are applied. `unchanged`: the source has nothing new. `held`: prices are held, or rows were rejected. `failed`: the source gave no whole feed, or the run broke off. `stopped`: a rule of safety has stopped the run. `notRun`: the run did not reach its source. Null while there is no end.
     */
    outcome: 'synced' | 'unchanged' | 'held' | 'failed' | 'stopped' | 'notRun' | null;
    /**
     * Why the run did not sync, for a person; may be empty
     */
    reason: string;
    /**
     * The bytes that the source has sent
     */
    bytes: number;
    /**
     * How often the source was asked
     */
    attempts: number;
    /**
     * The sum of the next five
     */
    rows: number;
    created: number;
    updated: number;
    unchanged: number;
    /**
     * Rows whose price is held
     */
    held: number;
    /**
     * Rows that were not taken, or not whole
     */
    rejected: number;
    /**
     * Products of the source that this feed lacks
     */
    missing: number;
};

/**
 * A feed with its last run
 */
export type Feed = {
    /**
     * The name of the feed and of its source
     */
    name: string;
    /**
     * Whether the last run goes on. One that broke off counts for some seconds.
     */
    isRunning: boolean;
    lastRun: FeedRun | null;
    /**
     * The end of the last run that was `synced`, `unchanged` or `held`
     */
    lastSyncAt: string | null;
    /**
     * The prices of this source that wait for a decision
     */
    heldPrices: number;
};

/**
 * By name
 */
export type FeedList = {
    feeds: Array<Feed>;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
};

/**
 * The newest first
 */
export type FeedRunList = {
    runs: Array<FeedRun>;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
};

/**
 * A price that waits for a decision. The product sells at its old price meanwhile.
 */
export type HeldPrice = {
    /**
     * Stays the same when the source sends another price
     */
    id: string;
    sku: string;
    title: string;
    /**
     * The source that has sent the new price
     */
    source: string;
    oldPrice: Money;
    newPrice: Money;
    currentPrice: Money;
    /**
     * `PRICE_FELL` or `PRICE_ROSE`: by more than the limit of the feed. `CURRENCY_CHANGED`: the new price has another currency. `BELOW_FLOOR` or `ABOVE_CEILING`: it passes a limit of the product. Any other text is the rule of the program that sent the price.
     */
    rule: string;
    /**
     * The figures of the rule, such as `changePercent` and `maxPriceChangePercent`
     */
    figures: {
        [key: string]: number;
    };
    /**
     * The prices that other sources have sent for the product meanwhile
     */
    opinions: Array<{
        source: string;
        price: Money;
        /**
         * When the source sent this price
         */
        at: string;
    }>;
    /**
     * When this price was first held
     */
    since: string;
    /**
     * When the new price is dropped unless somebody decides; null when it waits for ever
     */
    until: string | null;
};

/**
 * The oldest first
 */
export type HeldPriceList = {
    heldPrices: Array<HeldPrice>;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
};

/**
 * What is approved or rejected
 */
export type PriceDecision = {
    price: Money;
};

/**
 * The product after the decision
 */
export type DecidedPrice = {
    sku: string;
    price: Money;
};

/**
 * The prices of a product that no source passes without an approval
 */
export type PriceLimits = {
    sku: string;
    /**
     * The least price that a source may set without an approval; null when there is none
     */
    floor: Money | null;
    /**
     * The highest such price; null when there is none
     */
    ceiling: Money | null;
};

/**
 * The limits, in place of the ones before
 */
export type PriceLimitsSetting = {
    /**
     * Null, or missing, for none
     */
    floor?: Money | null;
    /**
     * Null, or missing, for none. It has the currency of the floor
     */
    ceiling?: Money | null;
};

/**
 * The state of both services, and what the order service did in the last second. `rates` and `latency` are null in the first status that anybody asks for: they need two.
 */
export type Status = {
    /**
     * When the status was taken
     */
    at: string;
    /**
     * Host and process whose figures these are, with all its workers. Other replicas have figures of their own; `lags` are of the whole shop
     */
    instance: string;
    /**
     * How many processes of the instance have told their figures
     */
    workers: number;
    services: Array<{
        name: 'order' | 'catalog';
        state: 'up' | 'down' | 'draining';
        /**
         * What the service lacks to take orders, one sentence each
         */
        missing: Array<string>;
        parts: Array<{
            /**
             * Such as `database`, `health`, `channel` or `breaker`
             */
            name: string;
            state: 'up' | 'down';
            /**
             * What is known of it, in words
             */
            detail?: string;
        }>;
    }>;
    rates: {
        /**
         * Orders that were placed
         */
        placed: number;
        /**
         * Requests for an order that was placed before
         */
        replayed: number;
        /**
         * Requests to place an order that got a problem
         */
        refused: number;
        /**
         * The same by the code of the problem; a code without refusals is absent
         */
        refusals: {
            [key: string]: number;
        };
        /**
         * Orders that came to a status, by the status
         */
        transitions: {
            [key: string]: number;
        };
        /**
         * Requests of every kind that have ended
         */
        requests: number;
        /**
         * Requests that were refused because too many were under way
         */
        shed: number;
    } | null;
    latency: {
        /**
         * How many `POST /v1/orders` have ended, since the status before
         */
        count: number;
        p50Ms: number | null;
        p95Ms: number | null;
        p99Ms: number | null;
    } | null;
    /**
     * Requests that were joined, since the status before
     */
    batches: Array<{
        name: string;
        /**
         * Batches that have started
         */
        perSecond: number;
        /**
         * Requests in a batch; 0 without a batch
         */
        meanSize: number;
        /**
         * How long a request waited for the start of its batch
         */
        meanWaitMs: number;
    }>;
    lags: {
        /**
         * Transitions whose events are not in the log yet
         */
        unloggedEvents: number;
        /**
         * The age of the oldest of them, in seconds
         */
        oldestUnloggedS: number;
        destinations: Array<{
            /**
             * `catalog`, or the id of an active webhook
             */
            destination: string;
            /**
             * Commands or events that it is still to get
             */
            pending: number;
            /**
             * The age of the oldest of them, in seconds
             */
            oldestS: number;
        }>;
        /**
         * Deliveries and commands that were given up
         */
        dead: number;
        /**
         * Unpaid orders that the next sweep expires
         */
        overdueOrders: number;
    } | null;
    /**
     * Of the calls to the catalog
     */
    breaker: 'closed' | 'half_open' | 'open';
    /**
     * Connections to the database of orders
     */
    databasePool: {
        /**
         * Connections that are used
         */
        used: number;
        /**
         * Connections that are idle
         */
        idle: number;
        /**
         * Statements that wait for a connection
         */
        waiting: number;
    };
    /**
     * Streams that are open, of events and of the status
     */
    streams: number;
    /**
     * The longest delay of an event loop, since the status before
     */
    eventLoopDelayMs: number;
};

/**
 * A request about an order that was answered with a problem
 */
export type Refusal = {
    /**
     * When it was answered
     */
    at: string;
    /**
     * What the request asked for
     */
    operation: 'place' | 'pay' | 'ship' | 'deliver' | 'cancel';
    /**
     * The HTTP status of the answer
     */
    status: number;
    /**
     * The code of the problem
     */
    code: string;
    /**
     * The `sub` of the token; null without a valid token, and for a request that was refused before its token was read
     */
    customerId: string | null;
    /**
     * The order, also one that would have been placed; null when the request named none
     */
    orderId: string | null;
    /**
     * The `traceId` of the problem
     */
    traceId: string;
    /**
     * The `detail` of the problem
     */
    detail: string;
    /**
     * The items at fault, at most 20
     */
    items?: Array<{
        sku: string;
        requested?: number;
        available?: number;
        expected?: Money;
        actual?: Money;
    }>;
    /**
     * The products that cannot be ordered, at most 20
     */
    skus?: Array<string>;
    /**
     * The currencies of the products
     */
    currencies?: Array<string>;
    /**
     * First `placed`, then `paid`, `shipped` and `delivered`; or `cancelled`, or `expired` when it was not paid in time
     */
    state?: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired';
    /**
     * The places at fault, at most 20
     */
    errors?: Array<{
        pointer: string;
        parameter?: string;
        code: string;
        detail: string;
    }>;
};

/**
 * Newest first
 */
export type RefusalList = {
    refusals: Array<Refusal>;
    /**
     * How many requests of the last day were not kept, because there were too many
     */
    notKept: number;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
};

/**
 * What became of an order or a request
 */
export type Explanation = {
    verdict: 'placed' | 'replayed' | 'refused' | 'failed' | 'expired' | 'cancelled' | 'waitingForCatalog' | 'unsettled' | 'unknown';
    /**
     * What has happened, and what to do, for a person
     */
    sentence: string;
    /**
     * The order in question, also one that was never placed; null when no order is known
     */
    orderId: string | null;
    /**
     * Null when there is no such order
     */
    order: Order | null;
    /**
     * All that is known, the oldest first
     */
    evidence: Array<{
        at: string | null;
        source: 'order' | 'history' | 'refusal' | 'replay' | 'reservation' | 'outbox' | 'event' | 'delivery' | 'log';
        text: string;
    }>;
};

/**
 * What became of an event at a webhook
 */
export type OrderEventDelivery = {
    /**
     * The `deliveryId` of `POST /v1/webhooks/{id}/deliveries/{deliveryId}/redeliver`
     */
    id: string;
    webhookId: string;
    /**
     * The URL of the webhook, without its query
     */
    url: string;
    /**
     * A paused webhook gets nothing until it is active again
     */
    webhookState: 'active' | 'paused';
    state: 'pending' | 'delivered' | 'dead';
    /**
     * How many attempts there were. 0 for an event that was not tried yet
     */
    attempts: number;
    /**
     * Not earlier. Null when it is not pending, waits for an earlier event of its order, or was not tried yet
     */
    nextAttemptAt: string | null;
    lastAttempt: DeliveryAttempt | null;
};

/**
 * A command to the catalog about the reservation of an order
 */
export type OrderCommand = {
    id: string;
    /**
     * The version of the order that the transition made
     */
    version: number;
    /**
     * To sell the stock of the reservation, or to give it back
     */
    type: 'commit' | 'release';
    /**
     * A dead command is sent again only by `POST /v1/outbox/redrive`
     */
    state: 'pending' | 'delivered' | 'dead';
    attempts: number;
    /**
     * When the transition was
     */
    createdAt: string;
    /**
     * Null when it is not pending. While an attempt is under way, the end of its time
     */
    nextAttemptAt: string | null;
    /**
     * When it was delivered, or given up as dead
     */
    settledAt: string | null;
    /**
     * Why its last failed attempt failed
     */
    lastError: string | null;
};

/**
 * What the transitions of an order have told to others
 */
export type OrderEvents = {
    /**
     * Those that the log still has, the oldest first
     */
    events: Array<{
        /**
         * The place in the log of events. Null for a moment, until the event has one
         */
        position: string | null;
        /**
         * The version of the order after the transition
         */
        version: number;
        type: 'mercat.order.placed.v1' | 'mercat.order.paid.v1' | 'mercat.order.shipped.v1' | 'mercat.order.delivered.v1' | 'mercat.order.cancelled.v1' | 'mercat.order.expired.v1';
        /**
         * When the event got its position
         */
        loggedAt: string | null;
        /**
         * Null only when the history of the order lacks the transition
         */
        event: Event | null;
        deliveries: Array<OrderEventDelivery>;
    }>;
    /**
     * The oldest first. A delivered command is kept for a week
     */
    commands: Array<OrderCommand>;
};

/**
 * A command to the catalog that is not delivered
 */
export type OutboxMessage = {
    id: string;
    orderId: string;
    /**
     * The version of the order that the transition made
     */
    version: number;
    /**
     * To sell the stock of the reservation, or to give it back
     */
    type: 'commit' | 'release';
    /**
     * A dead command is sent again only by `POST /v1/outbox/redrive`
     */
    state: 'pending' | 'dead';
    attempts: number;
    /**
     * When the transition was
     */
    createdAt: string;
    /**
     * Null when it is not pending. While an attempt is under way, the end of its time
     */
    nextAttemptAt: string | null;
    /**
     * Why its last failed attempt failed
     */
    lastError: string | null;
};

/**
 * The oldest first
 */
export type Outbox = {
    messages: Array<OutboxMessage>;
    /**
     * Empty on the last page
     */
    nextPageToken: string;
};

/**
 * May be left out. Without `orderId` it is all dead commands
 */
export type Redrive = {
    /**
     * Only the commands of this order
     */
    orderId?: string;
};

/**
 * At most 10,000; send the request again for more
 */
export type Redriven = {
    /**
     * How many commands are sent again
     */
    redriven: number;
};

/**
 * Any problem (RFC 9457). The schema of each code tells which members it has beside these.
 */
export type Problem = {
    type: string;
    title: string;
    status: number;
    detail: string;
    instance: string;
    code: string;
    traceId: string;
    [key: string]: unknown;
};

/**
 * The request is not valid
 *
 * The body, the query or a page token breaks a rule; `errors` names every place at fault, up to 500. Correct the places that `errors` names and send the request again.
 */
export type InvalidRequestProblem = {
    type: '/problems/invalid-request';
    title: string;
    status: 400;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'INVALID_REQUEST';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    errors: Array<{
        /**
         * The place at fault, a JSON pointer (RFC 6901)
         */
        pointer: string;
        /**
         * The rule that is broken, such as `minimum`
         */
        code: string;
        /**
         * Completes a sentence that begins with the place
         */
        detail: string;
        /**
         * For a place in the query: the name of the parameter
         */
        parameter?: string;
    }>;
};

/**
 * A valid token is required
 *
 * The request has no bearer token, or the token is not valid or has expired. `detail` says which. Get a fresh token of at most 12 KB from its issuer and send it as `Authorization: Bearer …`. `mercat start` prints one, and so does `npx --yes pnpm@12 mercat token --sub alice`.
 */
export type UnauthenticatedProblem = {
    type: '/problems/unauthenticated';
    title: string;
    status: 401;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'UNAUTHENTICATED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The token does not permit this
 *
 * The token is valid and lacks the scope that `detail` names. Get a token with that scope.
 */
export type ForbiddenProblem = {
    type: '/problems/forbidden';
    title: string;
    status: 403;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'FORBIDDEN';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * No such product
 *
 * The catalog has no product with this sku. Find the product by searching `/v1/products`.
 */
export type ProductNotFoundProblem = {
    type: '/problems/product-not-found';
    title: string;
    status: 404;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'PRODUCT_NOT_FOUND';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * No such path
 *
 * No route has this path. See `/openapi.json` for all routes.
 */
export type NotFoundProblem = {
    type: '/problems/not-found';
    title: string;
    status: 404;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'NOT_FOUND';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The method is not allowed
 *
 * The path does not have this method; `Allow` lists its methods. Use one of the methods in the `Allow` header.
 */
export type MethodNotAllowedProblem = {
    type: '/problems/method-not-allowed';
    title: string;
    status: 405;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'METHOD_NOT_ALLOWED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The client does not accept JSON
 *
 * The `Accept` header excludes `application/json`, and every answer is JSON. Accept `application/json`, or leave the header out.
 */
export type NotAcceptableProblem = {
    type: '/problems/not-acceptable';
    title: string;
    status: 406;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'NOT_ACCEPTABLE';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The request did not arrive in time
 *
 * Headers or body took too long; nothing was done. Send the request again, without a pause.
 */
export type RequestIncompleteProblem = {
    type: '/problems/request-incomplete';
    title: string;
    status: 408;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'REQUEST_INCOMPLETE';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The body is too large
 *
 * A body may have 64 KB; nothing was done. Send less, for example fewer items in an order.
 */
export type PayloadTooLargeProblem = {
    type: '/problems/payload-too-large';
    title: string;
    status: 413;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'PAYLOAD_TOO_LARGE';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The URI is too long
 *
 * A URI may have 4,096 characters, and that of a search or of suggestions 22,528. Shorten the query.
 */
export type UriTooLongProblem = {
    type: '/problems/uri-too-long';
    title: string;
    status: 414;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'URI_TOO_LONG';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The body is not JSON
 *
 * A body must be `application/json`, not compressed. Send `Content-Type: application/json` and no `Content-Encoding`.
 */
export type UnsupportedMediaTypeProblem = {
    type: '/problems/unsupported-media-type';
    title: string;
    status: 415;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'UNSUPPORTED_MEDIA_TYPE';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The headers are too large
 *
 * All headers together may have 24 KB. Send fewer or shorter headers.
 */
export type HeadersTooLargeProblem = {
    type: '/problems/headers-too-large';
    title: string;
    status: 431;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'HEADERS_TOO_LARGE';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * Too many requests
 *
 * You sent more requests than `RateLimit-Policy` allows; nothing was done. Wait for the time in `Retry-After`.
 */
export type RateLimitedProblem = {
    type: '/problems/rate-limited';
    title: string;
    status: 429;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'RATE_LIMITED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * An idempotency key is required
 *
 * The request needs an `Idempotency-Key` header, so that it can be repeated safely. Make a random key for each order or change, such as a UUID, and send the same key when you repeat the request.
 */
export type IdempotencyKeyRequiredProblem = {
    type: '/problems/idempotency-key-required';
    title: string;
    status: 400;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'IDEMPOTENCY_KEY_REQUIRED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The idempotency key is not valid
 *
 * A key is 1 to 255 visible ASCII characters without `"` and `,`, bare or quoted, in one header line. Send one key of that form; a UUID is one.
 */
export type IdempotencyKeyInvalidProblem = {
    type: '/problems/idempotency-key-invalid';
    title: string;
    status: 400;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'IDEMPOTENCY_KEY_INVALID';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The idempotency key was used for another order
 *
 * The same customer sent this key before, with another body. Make a new key for a new order. Repeat an order with its first body.
 */
export type IdempotencyKeyReusedProblem = {
    type: '/problems/idempotency-key-reused';
    title: string;
    status: 422;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'IDEMPOTENCY_KEY_REUSED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * No such order
 *
 * No order that you may see has this id. Check the id and the customer of your token.
 */
export type OrderNotFoundProblem = {
    type: '/problems/order-not-found';
    title: string;
    status: 404;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'ORDER_NOT_FOUND';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * A price has changed
 *
 * A product has another price than the order expects; nothing was ordered. `items` has both prices. Show the new price, and order again with it.
 */
export type PriceChangedProblem = {
    type: '/problems/price-changed';
    title: string;
    status: 409;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'PRICE_CHANGED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    items: Array<{
        sku: string;
        expected: Money;
        actual: Money;
    }>;
};

/**
 * Not enough stock
 *
 * A product has less stock than the order asks for; nothing was ordered. `items` has both quantities. Order the available quantity, or try later.
 */
export type OutOfStockProblem = {
    type: '/problems/out-of-stock';
    title: string;
    status: 409;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'OUT_OF_STOCK';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    items: Array<{
        sku: string;
        /**
         * The quantity that the order asks for
         */
        requested: number;
        /**
         * The quantity that could be ordered
         */
        available: number;
    }>;
};

/**
 * The state of the order does not allow this
 *
 * The transition does not start from the state of the order. Read the order and decide anew.
 */
export type OrderStateConflictProblem = {
    type: '/problems/order-state-conflict';
    title: string;
    status: 409;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'ORDER_STATE_CONFLICT';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    /**
     * The state of the order
     */
    state: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired';
    /**
     * The transition that was asked for
     */
    transition: 'pay' | 'ship' | 'deliver' | 'cancel';
};

/**
 * The order has changed
 *
 * `If-Match` names another version than the current version. Read the order and decide anew.
 */
export type PreconditionFailedProblem = {
    type: '/problems/precondition-failed';
    title: string;
    status: 412;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'PRECONDITION_FAILED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * A product cannot be ordered
 *
 * The catalog does not have, or no longer sells, the products in `skus`; nothing was ordered. Order without them.
 */
export type UnknownProductProblem = {
    type: '/problems/unknown-product';
    title: string;
    status: 422;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'UNKNOWN_PRODUCT';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    skus: Array<string>;
};

/**
 * The products have different currencies
 *
 * An order has one currency; `currencies` lists the currencies of its products. Place one order per currency.
 */
export type MixedCurrenciesProblem = {
    type: '/problems/mixed-currencies';
    title: string;
    status: 422;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'MIXED_CURRENCIES';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    /**
     * ISO 4217
     */
    currencies: Array<string>;
};

/**
 * The total is too large
 *
 * The total is above 2^53 - 1 minor units. A larger amount would not be exact. Split the order.
 */
export type TotalTooLargeProblem = {
    type: '/problems/total-too-large';
    title: string;
    status: 422;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'TOTAL_TOO_LARGE';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    total: {
        /**
         * A text, because a number would not be exact
         */
        amountMinor: string;
        currency: string;
    };
};

/**
 * Too many unpaid orders
 *
 * You have as many unpaid orders as one customer may have. Unpaid orders hold stock. Pay or cancel some, or wait for them to expire.
 */
export type TooManyUnpaidOrdersProblem = {
    type: '/problems/too-many-unpaid-orders';
    title: string;
    status: 429;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'TOO_MANY_UNPAID_ORDERS';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * Orders hold more than that
 *
 * The quantity on hand would fall below `held`, the quantity that orders hold; nothing was changed. Leave at least `held` pieces on hand. Cancel orders to free more.
 */
export type StockHeldProblem = {
    type: '/problems/stock-held';
    title: string;
    status: 409;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'STOCK_HELD';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    sku: string;
    /**
     * The quantity that orders hold
     */
    held: number;
};

/**
 * No such feed
 *
 * No feed has this name: no run of it has begun yet. List the feeds, or run it with `mercat feeds sync`.
 */
export type FeedNotFoundProblem = {
    type: '/problems/feed-not-found';
    title: string;
    status: 404;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'FEED_NOT_FOUND';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * No such held price
 *
 * No price was ever held under this id. List the held prices.
 */
export type HoldNotFoundProblem = {
    type: '/problems/hold-not-found';
    title: string;
    status: 404;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'HOLD_NOT_FOUND';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The held price has changed
 *
 * The held price is no longer the price of the request, or it was decided or withdrawn or has ended meanwhile; nothing was changed. `state` is the state of the hold now. List the held prices, and decide anew.
 */
export type HoldChangedProblem = {
    type: '/problems/hold-changed';
    title: string;
    status: 409;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'HOLD_CHANGED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    /**
     * The state of the hold. An open one has another price.
     */
    state: 'open' | 'approved' | 'rejected' | 'withdrawn' | 'expired';
};

/**
 * No such webhook
 *
 * No webhook has this id. It may be deleted. List the webhooks with `GET /v1/webhooks`.
 */
export type WebhookNotFoundProblem = {
    type: '/problems/webhook-not-found';
    title: string;
    status: 404;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'WEBHOOK_NOT_FOUND';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * No such delivery
 *
 * The webhook has no delivery with this id. Deliveries are deleted together with their events. List the deliveries of the webhook.
 */
export type DeliveryNotFoundProblem = {
    type: '/problems/delivery-not-found';
    title: string;
    status: 404;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'DELIVERY_NOT_FOUND';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * Too many webhooks
 *
 * There are 100 webhooks, which is the limit; none was made. Delete a webhook, or give one webhook several types of events.
 */
export type TooManyWebhooksProblem = {
    type: '/problems/too-many-webhooks';
    title: string;
    status: 409;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'TOO_MANY_WEBHOOKS';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The environment decides about this webhook
 *
 * The webhook is a URL of `WEBHOOK_URLS`; nothing was changed. Change `WEBHOOK_URLS` and `WEBHOOK_SECRET`. The state and the description can be changed here. A webhook with `endedAt` can be deleted, or be given a URL.
 */
export type WebhookOfEnvironmentProblem = {
    type: '/problems/webhook-of-environment';
    title: string;
    status: 409;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'WEBHOOK_OF_ENVIRONMENT';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * Events after this position are deleted
 *
 * The log no longer has every event after this position. `first` is the position of the first event that is left. Read the present state of the orders, then read the events from the beginning: leave `after` out.
 */
export type PositionExpiredProblem = {
    type: '/problems/position-expired';
    title: string;
    status: 410;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'POSITION_EXPIRED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
    /**
     * The position of the first event that is left
     */
    first: string;
};

/**
 * The URL of the webhook is refused
 *
 * The URL leads to an address that is not public, such as a private or a loopback address. Use a URL that is reached over the internet. An operator can permit other addresses.
 */
export type WebhookTargetRefusedProblem = {
    type: '/problems/webhook-target-refused';
    title: string;
    status: 422;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'WEBHOOK_TARGET_REFUSED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * Too many streams
 *
 * You, or all clients together, have as many open streams as the service permits. Close a stream, wait for the time in `Retry-After`, or read the events as pages.
 */
export type TooManyStreamsProblem = {
    type: '/problems/too-many-streams';
    title: string;
    status: 429;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'TOO_MANY_STREAMS';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * Webhooks are not configured
 *
 * The service has no `SECRETS_KEY` to encrypt the secrets of webhooks with; nothing was done. Ask the operator to set `SECRETS_KEY`.
 */
export type WebhooksNotConfiguredProblem = {
    type: '/problems/webhooks-not-configured';
    title: string;
    status: 501;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'WEBHOOKS_NOT_CONFIGURED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The catalog gave an invalid answer
 *
 * The answer of the catalog breaks its contract; the fault is not yours. Repeat the request with the same idempotency key: that is always safe.
 */
export type CatalogErrorProblem = {
    type: '/problems/catalog-error';
    title: string;
    status: 502;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'CATALOG_ERROR';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The catalog is not available
 *
 * The catalog gave no answer, answered that it cannot serve, or was not asked because it could not serve other requests a moment ago. `detail` says which. Repeat the request after `Retry-After`, an order with the same idempotency key: that is always safe.
 */
export type CatalogUnavailableProblem = {
    type: '/problems/catalog-unavailable';
    title: string;
    status: 503;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'CATALOG_UNAVAILABLE';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The catalog took too long
 *
 * The time for the request is over. A change that was asked for may or may not have happened. Repeat the request with the same idempotency key: that is always safe.
 */
export type CatalogTimeoutProblem = {
    type: '/problems/catalog-timeout';
    title: string;
    status: 504;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'CATALOG_TIMEOUT';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * An unexpected error
 *
 * The service failed. The error is in its log, under `traceId`. Repeat the request with the same idempotency key: that is always safe.
 */
export type InternalProblem = {
    type: '/problems/internal';
    title: string;
    status: 500;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'INTERNAL';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * Too many requests at once
 *
 * More requests are under way than can be served in time. Repeat the request with the same idempotency key after `Retry-After`: that is always safe.
 */
export type OverloadedProblem = {
    type: '/problems/overloaded';
    title: string;
    status: 503;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'OVERLOADED';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The database is not available
 *
 * The database gave no answer, or cannot be written. A change that was asked for may or may not have happened. Repeat the request with the same idempotency key after `Retry-After`: that is always safe.
 */
export type DatabaseUnavailableProblem = {
    type: '/problems/database-unavailable';
    title: string;
    status: 503;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'DATABASE_UNAVAILABLE';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

/**
 * The request took too long
 *
 * The time for the request is over. A change that was asked for may or may not have happened. Repeat the request with the same idempotency key: that is always safe.
 */
export type RequestTimeoutProblem = {
    type: '/problems/request-timeout';
    title: string;
    status: 504;
    /**
     * Tells what happened to this request
     */
    detail: string;
    /**
     * The path and the query of the request
     */
    instance: string;
    code: 'REQUEST_TIMEOUT';
    /**
     * Finds the request in the log of the service
     */
    traceId: string;
};

export type GetLivenessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/livez';
};

export type GetLivenessErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
};

export type GetLivenessError = GetLivenessErrors[keyof GetLivenessErrors];

export type GetLivenessResponses = {
    /**
     * The process is up
     */
    200: {
        status: string;
    };
};

export type GetLivenessResponse = GetLivenessResponses[keyof GetLivenessResponses];

export type GetReadinessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/readyz';
};

export type GetReadinessErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * Orders cannot be placed now
     */
    503: {
        status: string;
    };
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * Orders can be placed
     */
    200: {
        status: string;
    };
};

export type GetReadinessResponse = GetReadinessResponses[keyof GetReadinessResponses];

export type GetLinksData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/';
};

export type GetLinksErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
};

export type GetLinksError = GetLinksErrors[keyof GetLinksErrors];

export type GetLinksResponses = {
    /**
     * Paths of this service
     */
    200: {
        /**
         * A page to read and try the API
         */
        docs: string;
        /**
         * The OpenAPI document
         */
        openapi: string;
        /**
         * Every problem type
         */
        problems: string;
        /**
         * Whether orders can be placed
         */
        health: string;
    };
};

export type GetLinksResponse = GetLinksResponses[keyof GetLinksResponses];

export type ListProblemsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/problems';
};

export type ListProblemsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
};

export type ListProblemsError = ListProblemsErrors[keyof ListProblemsErrors];

export type ListProblemsResponses = {
    /**
     * Every problem type
     */
    200: {
        problems: Array<{
            code: string;
            /**
             * The path of this description
             */
            type: string;
            status: number;
            title: string;
            /**
             * What has happened, and what has not
             */
            meaning: string;
            /**
             * What the client can do
             */
            remedy: string;
        }>;
    };
};

export type ListProblemsResponse = ListProblemsResponses[keyof ListProblemsResponses];

export type GetProblemData = {
    body?: never;
    path: {
        /**
         * The code of the problem in lower case, with hyphens
         */
        slug: string;
    };
    query?: never;
    url: '/problems/{slug}';
};

export type GetProblemErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `NOT_FOUND`: No such path
     */
    404: NotFoundProblem;
};

export type GetProblemError = GetProblemErrors[keyof GetProblemErrors];

export type GetProblemResponses = {
    /**
     * The problem type
     */
    200: {
        code: string;
        /**
         * The path of this description
         */
        type: string;
        status: number;
        title: string;
        /**
         * What has happened, and what has not
         */
        meaning: string;
        /**
         * What the client can do
         */
        remedy: string;
    };
};

export type GetProblemResponse = GetProblemResponses[keyof GetProblemResponses];

export type SearchProductsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Words, complete or begun; typos, "quoted phrases" and -excluded words
         */
        q?: string;
        /**
         * Any of these, each with what is below it
         */
        category?: Array<string>;
        /**
         * Any of these
         */
        brand?: Array<string>;
        /**
         * In minor units; needs `currency`
         */
        minPrice?: number;
        /**
         * In minor units; needs `currency`
         */
        maxPrice?: number;
        /**
         * Only prices in this currency
         */
        currency?: string;
        /**
         * Only products that can be ordered now
         */
        inStock?: boolean;
        /**
         * By price needs `currency`
         */
        orderBy?: 'relevance' | 'price' | 'price desc' | 'newest';
        /**
         * Names of up to 10 attributes; each gets a facet `attributes.NAME`
         */
        attributeFacets?: Array<string>;
        /**
         * `GROUP` shows only the best of the products with the same `group`
         */
        collapse?: 'GROUP' | 'group';
        /**
         * 0 is 20; more than 100 is 100
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
    };
    url: '/v1/products';
};

export type SearchProductsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type SearchProductsError = SearchProductsErrors[keyof SearchProductsErrors];

export type SearchProductsResponses = {
    /**
     * A page of products
     */
    200: ProductList;
};

export type SearchProductsResponse = SearchProductsResponses[keyof SearchProductsResponses];

export type SuggestQueriesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The query as far as it is typed
         */
        q?: string;
        /**
         * 0 is 8; more than 20 is 20
         */
        limit?: number;
    };
    url: '/v1/suggestions';
};

export type SuggestQueriesErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type SuggestQueriesError = SuggestQueriesErrors[keyof SuggestQueriesErrors];

export type SuggestQueriesResponses = {
    /**
     * The suggestions
     */
    200: SuggestionList;
};

export type SuggestQueriesResponse = SuggestQueriesResponses[keyof SuggestQueriesResponses];

export type GetProductData = {
    body?: never;
    path: {
        /**
         * The sku of the product
         */
        sku: string;
    };
    query?: never;
    url: '/v1/products/{sku}';
};

export type GetProductErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `PRODUCT_NOT_FOUND`: No such product
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'PRODUCT_NOT_FOUND';
    } & ProductNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type GetProductError = GetProductErrors[keyof GetProductErrors];

export type GetProductResponses = {
    /**
     * The product
     */
    200: Product;
};

export type GetProductResponse = GetProductResponses[keyof GetProductResponses];

export type GetPriceHistoryData = {
    body?: never;
    path: {
        /**
         * The sku of the product
         */
        sku: string;
    };
    query?: {
        /**
         * Where the history begins, inclusive. Without it: at its beginning
         */
        from?: string;
        /**
         * Where it ends, exclusive. Without it: now
         */
        to?: string;
        /**
         * With it the answer has `bars` of minutes, hours or days (of UTC) and no `periods`
         */
        step?: '1m' | '1h' | '1d';
        /**
         * 0 is 100; more than 500 is 500
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
    };
    url: '/v1/products/{sku}/prices';
};

export type GetPriceHistoryErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `PRODUCT_NOT_FOUND`: No such product
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'PRODUCT_NOT_FOUND';
    } & ProductNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type GetPriceHistoryError = GetPriceHistoryErrors[keyof GetPriceHistoryErrors];

export type GetPriceHistoryResponses = {
    /**
     * A page of prices, the oldest first
     */
    200: PriceHistory;
};

export type GetPriceHistoryResponse = GetPriceHistoryResponses[keyof GetPriceHistoryResponses];

export type ListOrdersData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * 0 is 20; more than 100 is 100
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
        /**
         * First `placed`, then `paid`, `shipped` and `delivered`; or `cancelled`, or `expired` when it was not paid in time
         */
        status?: 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'expired';
        /**
         * Staff only; without it staff sees the orders of all customers
         */
        customerId?: string;
        /**
         * Only orders that were placed at this time or later
         */
        placedAfter?: string;
        /**
         * Only orders that were placed before this time
         */
        placedBefore?: string;
        /**
         * Only orders that have this product
         */
        sku?: string;
        /**
         * Only orders with this reference, of their own or of a payment, a parcel or a receipt
         */
        reference?: string;
    };
    url: '/v1/orders';
};

export type ListOrdersErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type ListOrdersError = ListOrdersErrors[keyof ListOrdersErrors];

export type ListOrdersResponses = {
    /**
     * A page of orders
     */
    200: OrderList;
};

export type ListOrdersResponse = ListOrdersResponses[keyof ListOrdersResponses];

export type PlaceOrderData = {
    body: OrderRequest;
    headers?: {
        /**
         * Required. Made anew for each order, and sent again when the order is sent again
         */
        'idempotency-key'?: string;
    };
    path?: never;
    query?: never;
    url: '/v1/orders';
};

export type PlaceOrderErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     *
     * `IDEMPOTENCY_KEY_REQUIRED`: An idempotency key is required
     *
     * `IDEMPOTENCY_KEY_INVALID`: The idempotency key is not valid
     */
    400: ({
        code: 'INVALID_REQUEST';
    } & InvalidRequestProblem) | ({
        code: 'IDEMPOTENCY_KEY_REQUIRED';
    } & IdempotencyKeyRequiredProblem) | ({
        code: 'IDEMPOTENCY_KEY_INVALID';
    } & IdempotencyKeyInvalidProblem);
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `PRICE_CHANGED`: A price has changed
     *
     * `OUT_OF_STOCK`: Not enough stock
     */
    409: ({
        code: 'PRICE_CHANGED';
    } & PriceChangedProblem) | ({
        code: 'OUT_OF_STOCK';
    } & OutOfStockProblem);
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `UNKNOWN_PRODUCT`: A product cannot be ordered
     *
     * `MIXED_CURRENCIES`: The products have different currencies
     *
     * `TOTAL_TOO_LARGE`: The total is too large
     *
     * `IDEMPOTENCY_KEY_REUSED`: The idempotency key was used for another order
     */
    422: ({
        code: 'UNKNOWN_PRODUCT';
    } & UnknownProductProblem) | ({
        code: 'MIXED_CURRENCIES';
    } & MixedCurrenciesProblem) | ({
        code: 'TOTAL_TOO_LARGE';
    } & TotalTooLargeProblem) | ({
        code: 'IDEMPOTENCY_KEY_REUSED';
    } & IdempotencyKeyReusedProblem);
    /**
     * `TOO_MANY_UNPAID_ORDERS`: Too many unpaid orders
     *
     * `RATE_LIMITED`: Too many requests
     */
    429: ({
        code: 'TOO_MANY_UNPAID_ORDERS';
    } & TooManyUnpaidOrdersProblem) | ({
        code: 'RATE_LIMITED';
    } & RateLimitedProblem);
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type PlaceOrderError = PlaceOrderErrors[keyof PlaceOrderErrors];

export type PlaceOrderResponses = {
    /**
     * Placed, now or by an earlier copy of this request (`Idempotent-Replayed: true`)
     */
    201: Order;
};

export type PlaceOrderResponse = PlaceOrderResponses[keyof PlaceOrderResponses];

export type GetOrderData = {
    body?: never;
    path: {
        /**
         * The id of the order. In place of the example, paste the id of an order of your own, as the answer to `POST /v1/orders` has it.
         */
        id: string;
    };
    query?: never;
    url: '/v1/orders/{id}';
};

export type GetOrderErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `ORDER_NOT_FOUND`: No such order
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'ORDER_NOT_FOUND';
    } & OrderNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type GetOrderError = GetOrderErrors[keyof GetOrderErrors];

export type GetOrderResponses = {
    /**
     * The order
     */
    200: Order;
};

export type GetOrderResponse = GetOrderResponses[keyof GetOrderResponses];

export type GetOrderHistoryData = {
    body?: never;
    path: {
        /**
         * The id of the order. In place of the example, paste the id of an order of your own, as the answer to `POST /v1/orders` has it.
         */
        id: string;
    };
    query?: never;
    url: '/v1/orders/{id}/history';
};

export type GetOrderHistoryErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `ORDER_NOT_FOUND`: No such order
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'ORDER_NOT_FOUND';
    } & OrderNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type GetOrderHistoryError = GetOrderHistoryErrors[keyof GetOrderHistoryErrors];

export type GetOrderHistoryResponses = {
    /**
     * Its transitions, the oldest first
     */
    200: History;
};

export type GetOrderHistoryResponse = GetOrderHistoryResponses[keyof GetOrderHistoryResponses];

export type PayOrderData = {
    body: Reference;
    headers?: {
        /**
         * The `ETag` of the order as the caller knows it
         */
        'if-match'?: string;
    };
    path: {
        /**
         * The id of the order. In place of the example, paste the id of an order of your own, as the answer to `POST /v1/orders` has it.
         */
        id: string;
    };
    query?: never;
    url: '/v1/orders/{id}/pay';
};

export type PayOrderErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `ORDER_NOT_FOUND`: No such order
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'ORDER_NOT_FOUND';
    } & OrderNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `ORDER_STATE_CONFLICT`: The state of the order does not allow this
     */
    409: OrderStateConflictProblem;
    /**
     * `PRECONDITION_FAILED`: The order has changed
     */
    412: PreconditionFailedProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type PayOrderError = PayOrderErrors[keyof PayOrderErrors];

export type PayOrderResponses = {
    /**
     * The order, now or by an earlier copy of this request
     */
    200: Order;
};

export type PayOrderResponse = PayOrderResponses[keyof PayOrderResponses];

export type ShipOrderData = {
    body: Reference;
    headers?: {
        /**
         * The `ETag` of the order as the caller knows it
         */
        'if-match'?: string;
    };
    path: {
        /**
         * The id of the order. In place of the example, paste the id of an order of your own, as the answer to `POST /v1/orders` has it.
         */
        id: string;
    };
    query?: never;
    url: '/v1/orders/{id}/ship';
};

export type ShipOrderErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `ORDER_NOT_FOUND`: No such order
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'ORDER_NOT_FOUND';
    } & OrderNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `ORDER_STATE_CONFLICT`: The state of the order does not allow this
     */
    409: OrderStateConflictProblem;
    /**
     * `PRECONDITION_FAILED`: The order has changed
     */
    412: PreconditionFailedProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type ShipOrderError = ShipOrderErrors[keyof ShipOrderErrors];

export type ShipOrderResponses = {
    /**
     * The order, now or by an earlier copy of this request
     */
    200: Order;
};

export type ShipOrderResponse = ShipOrderResponses[keyof ShipOrderResponses];

export type DeliverOrderData = {
    body: Reference;
    headers?: {
        /**
         * The `ETag` of the order as the caller knows it
         */
        'if-match'?: string;
    };
    path: {
        /**
         * The id of the order. In place of the example, paste the id of an order of your own, as the answer to `POST /v1/orders` has it.
         */
        id: string;
    };
    query?: never;
    url: '/v1/orders/{id}/deliver';
};

export type DeliverOrderErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `ORDER_NOT_FOUND`: No such order
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'ORDER_NOT_FOUND';
    } & OrderNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `ORDER_STATE_CONFLICT`: The state of the order does not allow this
     */
    409: OrderStateConflictProblem;
    /**
     * `PRECONDITION_FAILED`: The order has changed
     */
    412: PreconditionFailedProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type DeliverOrderError = DeliverOrderErrors[keyof DeliverOrderErrors];

export type DeliverOrderResponses = {
    /**
     * The order, now or by an earlier copy of this request
     */
    200: Order;
};

export type DeliverOrderResponse = DeliverOrderResponses[keyof DeliverOrderResponses];

export type CancelOrderData = {
    body?: Cancellation;
    headers?: {
        /**
         * The `ETag` of the order as the caller knows it
         */
        'if-match'?: string;
    };
    path: {
        /**
         * The id of the order. In place of the example, paste the id of an order of your own, as the answer to `POST /v1/orders` has it.
         */
        id: string;
    };
    query?: never;
    url: '/v1/orders/{id}/cancel';
};

export type CancelOrderErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `ORDER_NOT_FOUND`: No such order
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'ORDER_NOT_FOUND';
    } & OrderNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `ORDER_STATE_CONFLICT`: The state of the order does not allow this
     */
    409: OrderStateConflictProblem;
    /**
     * `PRECONDITION_FAILED`: The order has changed
     */
    412: PreconditionFailedProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type CancelOrderError = CancelOrderErrors[keyof CancelOrderErrors];

export type CancelOrderResponses = {
    /**
     * The order, now or by an earlier copy of this request
     */
    200: Order;
};

export type CancelOrderResponse = CancelOrderResponses[keyof CancelOrderResponses];

export type ListEventsData = {
    body?: never;
    headers?: {
        /**
         * The position of the last event that a broken stream had; stands in for `after`
         */
        'last-event-id'?: string;
    };
    path?: never;
    query?: {
        /**
         * A position, or `now` for the end of the log; without it the first event that is left is the first
         */
        after?: string;
        /**
         * Types, repeated or between commas: mercat.order.placed.v1, mercat.order.paid.v1, mercat.order.shipped.v1, mercat.order.delivered.v1, mercat.order.cancelled.v1, mercat.order.expired.v1; `*`, or none, is every type
         */
        types?: Array<string>;
        /**
         * Only the events of the orders of this customer
         */
        customerId?: string;
        /**
         * Only the events of this order
         */
        orderId?: string;
        /**
         * At most so many: a page ends at about 2 MB. 0 is 100; more than 1000 is 1000
         */
        limit?: number;
    };
    url: '/v1/events';
};

export type ListEventsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `POSITION_EXPIRED`: Events after this position are deleted
     */
    410: PositionExpiredProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `TOO_MANY_STREAMS`: Too many streams
     *
     * `RATE_LIMITED`: Too many requests
     */
    429: ({
        code: 'TOO_MANY_STREAMS';
    } & TooManyStreamsProblem) | ({
        code: 'RATE_LIMITED';
    } & RateLimitedProblem);
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type ListEventsError = ListEventsErrors[keyof ListEventsErrors];

export type ListEventsResponses = {
    /**
     * A page; with `Accept: text/event-stream` a stream, in which `id` is the position
     */
    200: EventPage;
};

export type ListEventsResponse = ListEventsResponses[keyof ListEventsResponses];

export type ListWebhooksData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/webhooks';
};

export type ListWebhooksErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type ListWebhooksError = ListWebhooksErrors[keyof ListWebhooksErrors];

export type ListWebhooksResponses = {
    /**
     * All webhooks, the newest first
     */
    200: WebhookList;
};

export type ListWebhooksResponse = ListWebhooksResponses[keyof ListWebhooksResponses];

export type CreateWebhookData = {
    body: NewWebhook;
    path?: never;
    query?: never;
    url: '/v1/webhooks';
};

export type CreateWebhookErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `TOO_MANY_WEBHOOKS`: Too many webhooks
     */
    409: TooManyWebhooksProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `WEBHOOK_TARGET_REFUSED`: The URL of the webhook is refused
     */
    422: WebhookTargetRefusedProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `WEBHOOKS_NOT_CONFIGURED`: Webhooks are not configured
     */
    501: WebhooksNotConfiguredProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type CreateWebhookError = CreateWebhookErrors[keyof CreateWebhookErrors];

export type CreateWebhookResponses = {
    /**
     * Made. `secret` is shown only now
     */
    201: Webhook;
};

export type CreateWebhookResponse = CreateWebhookResponses[keyof CreateWebhookResponses];

export type DeleteWebhookData = {
    body?: never;
    path: {
        /**
         * The id of the webhook. In place of the example, paste an id that `GET /v1/webhooks` lists.
         */
        id: string;
    };
    query?: never;
    url: '/v1/webhooks/{id}';
};

export type DeleteWebhookErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `WEBHOOK_NOT_FOUND`: No such webhook
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'WEBHOOK_NOT_FOUND';
    } & WebhookNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `WEBHOOK_OF_ENVIRONMENT`: The environment decides about this webhook
     */
    409: WebhookOfEnvironmentProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type DeleteWebhookError = DeleteWebhookErrors[keyof DeleteWebhookErrors];

export type DeleteWebhookResponses = {
    /**
     * Deleted
     */
    204: void;
};

export type DeleteWebhookResponse = DeleteWebhookResponses[keyof DeleteWebhookResponses];

export type GetWebhookData = {
    body?: never;
    path: {
        /**
         * The id of the webhook. In place of the example, paste an id that `GET /v1/webhooks` lists.
         */
        id: string;
    };
    query?: never;
    url: '/v1/webhooks/{id}';
};

export type GetWebhookErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `WEBHOOK_NOT_FOUND`: No such webhook
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'WEBHOOK_NOT_FOUND';
    } & WebhookNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type GetWebhookError = GetWebhookErrors[keyof GetWebhookErrors];

export type GetWebhookResponses = {
    /**
     * The webhook
     */
    200: Webhook;
};

export type GetWebhookResponse = GetWebhookResponses[keyof GetWebhookResponses];

export type UpdateWebhookData = {
    body: WebhookChange;
    path: {
        /**
         * The id of the webhook. In place of the example, paste an id that `GET /v1/webhooks` lists.
         */
        id: string;
    };
    query?: never;
    url: '/v1/webhooks/{id}';
};

export type UpdateWebhookErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `WEBHOOK_NOT_FOUND`: No such webhook
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'WEBHOOK_NOT_FOUND';
    } & WebhookNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `WEBHOOK_OF_ENVIRONMENT`: The environment decides about this webhook
     */
    409: WebhookOfEnvironmentProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `WEBHOOK_TARGET_REFUSED`: The URL of the webhook is refused
     */
    422: WebhookTargetRefusedProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `WEBHOOKS_NOT_CONFIGURED`: Webhooks are not configured
     */
    501: WebhooksNotConfiguredProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type UpdateWebhookError = UpdateWebhookErrors[keyof UpdateWebhookErrors];

export type UpdateWebhookResponses = {
    /**
     * The webhook as it is now
     */
    200: Webhook;
};

export type UpdateWebhookResponse = UpdateWebhookResponses[keyof UpdateWebhookResponses];

export type RotateWebhookSecretData = {
    body?: Empty;
    path: {
        /**
         * The id of the webhook. In place of the example, paste an id that `GET /v1/webhooks` lists.
         */
        id: string;
    };
    query?: never;
    url: '/v1/webhooks/{id}/rotate-secret';
};

export type RotateWebhookSecretErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `WEBHOOK_NOT_FOUND`: No such webhook
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'WEBHOOK_NOT_FOUND';
    } & WebhookNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `WEBHOOK_OF_ENVIRONMENT`: The environment decides about this webhook
     */
    409: WebhookOfEnvironmentProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `WEBHOOKS_NOT_CONFIGURED`: Webhooks are not configured
     */
    501: WebhooksNotConfiguredProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type RotateWebhookSecretError = RotateWebhookSecretErrors[keyof RotateWebhookSecretErrors];

export type RotateWebhookSecretResponses = {
    /**
     * Changed. `secret` is shown only now
     */
    200: Webhook;
};

export type RotateWebhookSecretResponse = RotateWebhookSecretResponses[keyof RotateWebhookSecretResponses];

export type TestWebhookData = {
    body?: Empty;
    path: {
        /**
         * The id of the webhook. In place of the example, paste an id that `GET /v1/webhooks` lists.
         */
        id: string;
    };
    query?: never;
    url: '/v1/webhooks/{id}/test';
};

export type TestWebhookErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `WEBHOOK_NOT_FOUND`: No such webhook
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'WEBHOOK_NOT_FOUND';
    } & WebhookNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `WEBHOOKS_NOT_CONFIGURED`: Webhooks are not configured
     */
    501: WebhooksNotConfiguredProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type TestWebhookError = TestWebhookErrors[keyof TestWebhookErrors];

export type TestWebhookResponses = {
    /**
     * What became of the attempt
     */
    200: WebhookTest;
};

export type TestWebhookResponse = TestWebhookResponses[keyof TestWebhookResponses];

export type ReplayWebhookData = {
    body: Replay;
    path: {
        /**
         * The id of the webhook. In place of the example, paste an id that `GET /v1/webhooks` lists.
         */
        id: string;
    };
    query?: never;
    url: '/v1/webhooks/{id}/replay';
};

export type ReplayWebhookErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `WEBHOOK_NOT_FOUND`: No such webhook
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'WEBHOOK_NOT_FOUND';
    } & WebhookNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `POSITION_EXPIRED`: Events after this position are deleted
     */
    410: PositionExpiredProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type ReplayWebhookError = ReplayWebhookErrors[keyof ReplayWebhookErrors];

export type ReplayWebhookResponses = {
    /**
     * The webhook, with the position from which it goes on
     */
    200: Webhook;
};

export type ReplayWebhookResponse = ReplayWebhookResponses[keyof ReplayWebhookResponses];

export type ListDeliveriesData = {
    body?: never;
    path: {
        /**
         * The id of the webhook. In place of the example, paste an id that `GET /v1/webhooks` lists.
         */
        id: string;
    };
    query?: {
        /**
         * 0 is 20; more than 100 is 100
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
        state?: 'pending' | 'delivered' | 'dead';
    };
    url: '/v1/webhooks/{id}/deliveries';
};

export type ListDeliveriesErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `WEBHOOK_NOT_FOUND`: No such webhook
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'WEBHOOK_NOT_FOUND';
    } & WebhookNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type ListDeliveriesError = ListDeliveriesErrors[keyof ListDeliveriesErrors];

export type ListDeliveriesResponses = {
    /**
     * A page of deliveries
     */
    200: DeliveryList;
};

export type ListDeliveriesResponse = ListDeliveriesResponses[keyof ListDeliveriesResponses];

export type RedeliverEventData = {
    body?: Empty;
    path: {
        /**
         * The id of the webhook. In place of the example, paste an id that `GET /v1/webhooks` lists.
         */
        id: string;
        /**
         * The id of the delivery, as `GET /v1/webhooks/{id}/deliveries` lists it
         */
        deliveryId: string;
    };
    query?: never;
    url: '/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver';
};

export type RedeliverEventErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `WEBHOOK_NOT_FOUND`: No such webhook
     *
     * `DELIVERY_NOT_FOUND`: No such delivery
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'WEBHOOK_NOT_FOUND';
    } & WebhookNotFoundProblem) | ({
        code: 'DELIVERY_NOT_FOUND';
    } & DeliveryNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type RedeliverEventError = RedeliverEventErrors[keyof RedeliverEventErrors];

export type RedeliverEventResponses = {
    /**
     * Pending. Due now, unless an earlier event of its order is pending
     */
    200: Delivery;
};

export type RedeliverEventResponse = RedeliverEventResponses[keyof RedeliverEventResponses];

export type GetStatusData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/status';
};

export type GetStatusErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type GetStatusError = GetStatusErrors[keyof GetStatusErrors];

export type GetStatusResponses = {
    /**
     * The status of this second
     */
    200: Status;
};

export type GetStatusResponse = GetStatusResponses[keyof GetStatusResponses];

export type ListRefusalsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The code of the problem
         */
        code?: string;
        /**
         * The `sub` of the token of the customer
         */
        customerId?: string;
        /**
         * A trace id of 32 hexadecimal digits, or a whole `traceparent`
         */
        traceId?: string;
        /**
         * The order that the requests were about
         */
        orderId?: string;
        /**
         * 0 is 20; more than 100 is 100
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
    };
    url: '/v1/refusals';
};

export type ListRefusalsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type ListRefusalsError = ListRefusalsErrors[keyof ListRefusalsErrors];

export type ListRefusalsResponses = {
    /**
     * A page of refusals
     */
    200: RefusalList;
};

export type ListRefusalsResponse = ListRefusalsResponses[keyof ListRefusalsResponses];

export type ExplainData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The id of the order
         */
        order?: string;
        /**
         * The idempotency key, with `customerId`
         */
        key?: string;
        /**
         * The `sub` of the token of the customer
         */
        customerId?: string;
        /**
         * A trace id of 32 hexadecimal digits, or a whole `traceparent`
         */
        trace?: string;
    };
    url: '/v1/explain';
};

export type ExplainErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type ExplainError = ExplainErrors[keyof ExplainErrors];

export type ExplainResponses = {
    /**
     * The explanation with its evidence
     */
    200: Explanation;
};

export type ExplainResponse = ExplainResponses[keyof ExplainResponses];

export type GetOrderEventsData = {
    body?: never;
    path: {
        /**
         * The id of the order. In place of the example, paste the id of an order of your own, as the answer to `POST /v1/orders` has it.
         */
        id: string;
    };
    query?: never;
    url: '/v1/orders/{id}/events';
};

export type GetOrderEventsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `ORDER_NOT_FOUND`: No such order
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'ORDER_NOT_FOUND';
    } & OrderNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type GetOrderEventsError = GetOrderEventsErrors[keyof GetOrderEventsErrors];

export type GetOrderEventsResponses = {
    /**
     * All parts are of one moment
     */
    200: OrderEvents;
};

export type GetOrderEventsResponse = GetOrderEventsResponses[keyof GetOrderEventsResponses];

export type ListOutboxData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * 0 is 20; more than 100 is 100
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
        state?: 'pending' | 'dead';
    };
    url: '/v1/outbox';
};

export type ListOutboxErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type ListOutboxError = ListOutboxErrors[keyof ListOutboxErrors];

export type ListOutboxResponses = {
    /**
     * A page of commands
     */
    200: Outbox;
};

export type ListOutboxResponse = ListOutboxResponses[keyof ListOutboxResponses];

export type RedriveOutboxData = {
    body?: Redrive;
    path?: never;
    query?: never;
    url: '/v1/outbox/redrive';
};

export type RedriveOutboxErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: RequestTimeoutProblem;
};

export type RedriveOutboxError = RedriveOutboxErrors[keyof RedriveOutboxErrors];

export type RedriveOutboxResponses = {
    /**
     * How many commands are sent again
     */
    200: Redriven;
};

export type RedriveOutboxResponse = RedriveOutboxResponses[keyof RedriveOutboxResponses];

export type GetOrderReservationData = {
    body?: never;
    path: {
        /**
         * The id of the order. In place of the example, paste the id of an order of your own, as the answer to `POST /v1/orders` has it.
         */
        id: string;
    };
    query?: never;
    url: '/v1/orders/{id}/reservation';
};

export type GetOrderReservationErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `ORDER_NOT_FOUND`: No such order
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'ORDER_NOT_FOUND';
    } & OrderNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type GetOrderReservationError = GetOrderReservationErrors[keyof GetOrderReservationErrors];

export type GetOrderReservationResponses = {
    /**
     * The reservation, or null
     */
    200: OrderReservation;
};

export type GetOrderReservationResponse = GetOrderReservationResponses[keyof GetOrderReservationResponses];

export type GetStockData = {
    body?: never;
    path: {
        /**
         * The sku of the product
         */
        sku: string;
    };
    query?: never;
    url: '/v1/stock/{sku}';
};

export type GetStockErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `PRODUCT_NOT_FOUND`: No such product
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'PRODUCT_NOT_FOUND';
    } & ProductNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type GetStockError = GetStockErrors[keyof GetStockErrors];

export type GetStockResponses = {
    /**
     * The stock now
     */
    200: StockLevel;
};

export type GetStockResponse = GetStockResponses[keyof GetStockResponses];

export type ListStockMovementsData = {
    body?: never;
    path: {
        /**
         * The sku of the product
         */
        sku: string;
    };
    query?: {
        /**
         * 0 is 20; more than 100 is 100
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
    };
    url: '/v1/stock/{sku}/movements';
};

export type ListStockMovementsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `PRODUCT_NOT_FOUND`: No such product
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'PRODUCT_NOT_FOUND';
    } & ProductNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type ListStockMovementsError = ListStockMovementsErrors[keyof ListStockMovementsErrors];

export type ListStockMovementsResponses = {
    /**
     * A page of changes
     */
    200: StockMovementList;
};

export type ListStockMovementsResponse = ListStockMovementsResponses[keyof ListStockMovementsResponses];

export type AdjustStockData = {
    body: StockAdjustment;
    headers?: {
        /**
         * Required. Made anew for each change, and sent again when the change is sent again
         */
        'idempotency-key'?: string;
    };
    path: {
        /**
         * The sku of the product
         */
        sku: string;
    };
    query?: never;
    url: '/v1/stock/{sku}/adjust';
};

export type AdjustStockErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     *
     * `IDEMPOTENCY_KEY_REQUIRED`: An idempotency key is required
     *
     * `IDEMPOTENCY_KEY_INVALID`: The idempotency key is not valid
     */
    400: ({
        code: 'INVALID_REQUEST';
    } & InvalidRequestProblem) | ({
        code: 'IDEMPOTENCY_KEY_REQUIRED';
    } & IdempotencyKeyRequiredProblem) | ({
        code: 'IDEMPOTENCY_KEY_INVALID';
    } & IdempotencyKeyInvalidProblem);
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `PRODUCT_NOT_FOUND`: No such product
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'PRODUCT_NOT_FOUND';
    } & ProductNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `STOCK_HELD`: Orders hold more than that
     */
    409: StockHeldProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type AdjustStockError = AdjustStockErrors[keyof AdjustStockErrors];

export type AdjustStockResponses = {
    /**
     * The stock now
     */
    200: StockLevel;
};

export type AdjustStockResponse = AdjustStockResponses[keyof AdjustStockResponses];

export type SetStockData = {
    body: StockSetting;
    headers?: {
        /**
         * Required. Made anew for each change, and sent again when the change is sent again
         */
        'idempotency-key'?: string;
    };
    path: {
        /**
         * The sku of the product
         */
        sku: string;
    };
    query?: never;
    url: '/v1/stock/{sku}/set';
};

export type SetStockErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     *
     * `IDEMPOTENCY_KEY_REQUIRED`: An idempotency key is required
     *
     * `IDEMPOTENCY_KEY_INVALID`: The idempotency key is not valid
     */
    400: ({
        code: 'INVALID_REQUEST';
    } & InvalidRequestProblem) | ({
        code: 'IDEMPOTENCY_KEY_REQUIRED';
    } & IdempotencyKeyRequiredProblem) | ({
        code: 'IDEMPOTENCY_KEY_INVALID';
    } & IdempotencyKeyInvalidProblem);
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `PRODUCT_NOT_FOUND`: No such product
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'PRODUCT_NOT_FOUND';
    } & ProductNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `STOCK_HELD`: Orders hold more than that
     */
    409: StockHeldProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type SetStockError = SetStockErrors[keyof SetStockErrors];

export type SetStockResponses = {
    /**
     * The stock now
     */
    200: StockLevel;
};

export type SetStockResponse = SetStockResponses[keyof SetStockResponses];

export type ListFeedsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * 0 is 20; more than 100 is 100
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
    };
    url: '/v1/feeds';
};

export type ListFeedsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type ListFeedsError = ListFeedsErrors[keyof ListFeedsErrors];

export type ListFeedsResponses = {
    /**
     * A page of feeds
     */
    200: FeedList;
};

export type ListFeedsResponse = ListFeedsResponses[keyof ListFeedsResponses];

export type ListFeedRunsData = {
    body?: never;
    path: {
        /**
         * The name of the feed
         */
        name: string;
    };
    query?: {
        /**
         * 0 is 20; more than 100 is 100
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
    };
    url: '/v1/feeds/{name}/runs';
};

export type ListFeedRunsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `FEED_NOT_FOUND`: No such feed
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'FEED_NOT_FOUND';
    } & FeedNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type ListFeedRunsError = ListFeedRunsErrors[keyof ListFeedRunsErrors];

export type ListFeedRunsResponses = {
    /**
     * A page of runs
     */
    200: FeedRunList;
};

export type ListFeedRunsResponse = ListFeedRunsResponses[keyof ListFeedRunsResponses];

export type ListHeldPricesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * 0 is 20; more than 100 is 100
         */
        pageSize?: number;
        /**
         * `nextPageToken` of the page before, with the same other parameters
         */
        pageToken?: string;
        /**
         * Only the prices of this source
         */
        source?: string;
        /**
         * Only the price of this product
         */
        sku?: string;
    };
    url: '/v1/held-prices';
};

export type ListHeldPricesErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type ListHeldPricesError = ListHeldPricesErrors[keyof ListHeldPricesErrors];

export type ListHeldPricesResponses = {
    /**
     * A page of held prices
     */
    200: HeldPriceList;
};

export type ListHeldPricesResponse = ListHeldPricesResponses[keyof ListHeldPricesResponses];

export type ApproveHeldPriceData = {
    body: PriceDecision;
    path: {
        /**
         * The id of the held price
         */
        id: string;
    };
    query?: never;
    url: '/v1/held-prices/{id}/approve';
};

export type ApproveHeldPriceErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `HOLD_NOT_FOUND`: No such held price
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'HOLD_NOT_FOUND';
    } & HoldNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `HOLD_CHANGED`: The held price has changed
     */
    409: HoldChangedProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type ApproveHeldPriceError = ApproveHeldPriceErrors[keyof ApproveHeldPriceErrors];

export type ApproveHeldPriceResponses = {
    /**
     * The product with its price now
     */
    200: DecidedPrice;
};

export type ApproveHeldPriceResponse = ApproveHeldPriceResponses[keyof ApproveHeldPriceResponses];

export type RejectHeldPriceData = {
    body: PriceDecision;
    path: {
        /**
         * The id of the held price
         */
        id: string;
    };
    query?: never;
    url: '/v1/held-prices/{id}/reject';
};

export type RejectHeldPriceErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `HOLD_NOT_FOUND`: No such held price
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'HOLD_NOT_FOUND';
    } & HoldNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `HOLD_CHANGED`: The held price has changed
     */
    409: HoldChangedProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type RejectHeldPriceError = RejectHeldPriceErrors[keyof RejectHeldPriceErrors];

export type RejectHeldPriceResponses = {
    /**
     * The product with its price now
     */
    200: DecidedPrice;
};

export type RejectHeldPriceResponse = RejectHeldPriceResponses[keyof RejectHeldPriceResponses];

export type GetPriceLimitsData = {
    body?: never;
    path: {
        /**
         * The sku of the product
         */
        sku: string;
    };
    query?: never;
    url: '/v1/price-limits/{sku}';
};

export type GetPriceLimitsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `PRODUCT_NOT_FOUND`: No such product
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'PRODUCT_NOT_FOUND';
    } & ProductNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type GetPriceLimitsError = GetPriceLimitsErrors[keyof GetPriceLimitsErrors];

export type GetPriceLimitsResponses = {
    /**
     * The limits now
     */
    200: PriceLimits;
};

export type GetPriceLimitsResponse = GetPriceLimitsResponses[keyof GetPriceLimitsResponses];

export type SetPriceLimitsData = {
    body: PriceLimitsSetting;
    path: {
        /**
         * The sku of the product
         */
        sku: string;
    };
    query?: never;
    url: '/v1/price-limits/{sku}';
};

export type SetPriceLimitsErrors = {
    /**
     * `INVALID_REQUEST`: The request is not valid
     */
    400: InvalidRequestProblem;
    /**
     * `UNAUTHENTICATED`: A valid token is required
     */
    401: UnauthenticatedProblem;
    /**
     * `FORBIDDEN`: The token does not permit this
     */
    403: ForbiddenProblem;
    /**
     * `PRODUCT_NOT_FOUND`: No such product
     *
     * `NOT_FOUND`: No such path
     */
    404: ({
        code: 'PRODUCT_NOT_FOUND';
    } & ProductNotFoundProblem) | ({
        code: 'NOT_FOUND';
    } & NotFoundProblem);
    /**
     * `NOT_ACCEPTABLE`: The client does not accept JSON
     */
    406: NotAcceptableProblem;
    /**
     * `REQUEST_INCOMPLETE`: The request did not arrive in time
     */
    408: RequestIncompleteProblem;
    /**
     * `PAYLOAD_TOO_LARGE`: The body is too large
     */
    413: PayloadTooLargeProblem;
    /**
     * `URI_TOO_LONG`: The URI is too long
     */
    414: UriTooLongProblem;
    /**
     * `UNSUPPORTED_MEDIA_TYPE`: The body is not JSON
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * `RATE_LIMITED`: Too many requests
     */
    429: RateLimitedProblem;
    /**
     * `HEADERS_TOO_LARGE`: The headers are too large
     */
    431: HeadersTooLargeProblem;
    /**
     * `INTERNAL`: An unexpected error
     */
    500: InternalProblem;
    /**
     * `CATALOG_ERROR`: The catalog gave an invalid answer
     */
    502: CatalogErrorProblem;
    /**
     * `CATALOG_UNAVAILABLE`: The catalog is not available
     *
     * `OVERLOADED`: Too many requests at once
     *
     * `DATABASE_UNAVAILABLE`: The database is not available
     */
    503: ({
        code: 'CATALOG_UNAVAILABLE';
    } & CatalogUnavailableProblem) | ({
        code: 'OVERLOADED';
    } & OverloadedProblem) | ({
        code: 'DATABASE_UNAVAILABLE';
    } & DatabaseUnavailableProblem);
    /**
     * `CATALOG_TIMEOUT`: The catalog took too long
     *
     * `REQUEST_TIMEOUT`: The request took too long
     */
    504: ({
        code: 'CATALOG_TIMEOUT';
    } & CatalogTimeoutProblem) | ({
        code: 'REQUEST_TIMEOUT';
    } & RequestTimeoutProblem);
};

export type SetPriceLimitsError = SetPriceLimitsErrors[keyof SetPriceLimitsErrors];

export type SetPriceLimitsResponses = {
    /**
     * The limits now
     */
    200: PriceLimits;
};

export type SetPriceLimitsResponse = SetPriceLimitsResponses[keyof SetPriceLimitsResponses];

export type OrderPlacedWebhookPayload = Event & {
    type?: 'mercat.order.placed.v1';
};

export type OrderPlacedWebhookRequest = {
    body: OrderPlacedWebhookPayload;
    key: 'mercat.order.placed.v1';
    path?: never;
    query?: never;
};

export type OrderPaidWebhookPayload = Event & {
    type?: 'mercat.order.paid.v1';
};

export type OrderPaidWebhookRequest = {
    body: OrderPaidWebhookPayload;
    key: 'mercat.order.paid.v1';
    path?: never;
    query?: never;
};

export type OrderShippedWebhookPayload = Event & {
    type?: 'mercat.order.shipped.v1';
};

export type OrderShippedWebhookRequest = {
    body: OrderShippedWebhookPayload;
    key: 'mercat.order.shipped.v1';
    path?: never;
    query?: never;
};

export type OrderDeliveredWebhookPayload = Event & {
    type?: 'mercat.order.delivered.v1';
};

export type OrderDeliveredWebhookRequest = {
    body: OrderDeliveredWebhookPayload;
    key: 'mercat.order.delivered.v1';
    path?: never;
    query?: never;
};

export type OrderCancelledWebhookPayload = Event & {
    type?: 'mercat.order.cancelled.v1';
};

export type OrderCancelledWebhookRequest = {
    body: OrderCancelledWebhookPayload;
    key: 'mercat.order.cancelled.v1';
    path?: never;
    query?: never;
};

export type OrderExpiredWebhookPayload = Event & {
    type?: 'mercat.order.expired.v1';
};

export type OrderExpiredWebhookRequest = {
    body: OrderExpiredWebhookPayload;
    key: 'mercat.order.expired.v1';
    path?: never;
    query?: never;
};

export type WebhookTestedWebhookPayload = {
    specversion: '1.0';
    id: string;
    source: '/v1/webhooks';
    type: 'mercat.webhook.test.v1';
    /**
     * The id of the webhook
     */
    subject: string;
    time: string;
    datacontenttype: 'application/json';
    data: {
        [key: string]: unknown;
    };
};

export type WebhookTestedWebhookRequest = {
    body: WebhookTestedWebhookPayload;
    key: 'mercat.webhook.test.v1';
    path?: never;
    query?: never;
};
