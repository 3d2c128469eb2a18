-- At each scrape the metrics count the messages that are dead, and look for the oldest that is pending.
create index outbox_unsettled on outbox (state, destination, created_at) where state <> 'delivered';

comment on column orders.history is
	'The transitions of the order, oldest first: [{ from, to, when, who, why, reference, messages, traceparent }]. '
	'from is null for the placing. who is the subject of a token, or system: and a part of the service. '
	'why, reference and traceparent are there only when the transition has them. '
	'messages is the number of messages that the transition wrote to the outbox. '
	'traceparent is the trace context of the request that made the transition.';
