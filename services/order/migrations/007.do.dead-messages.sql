-- The metrics count the dead messages at each scrape.
create index outbox_dead on outbox (id) where state = 'dead';
