-- Everything that pg_dump puts behind the rows, and what else belongs to a database that is in use.
ALTER TABLE customers ADD PRIMARY KEY (id);
ALTER TABLE orders ADD PRIMARY KEY (id);
ALTER TABLE items ADD PRIMARY KEY (id);
ALTER TABLE events ADD PRIMARY KEY (id);

ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);
CREATE INDEX orders_customer ON orders (customer_id, placed_at DESC);
CREATE INDEX items_order ON items (order_id);
CREATE INDEX events_at ON events USING brin (at);
CREATE INDEX events_customer ON events (customer_id, at) WHERE customer_id IS NOT NULL;
CREATE INDEX events_kind ON events (kind, service);
CREATE INDEX events_payload ON events USING gin (payload jsonb_path_ops);
CREATE INDEX events_tags ON events USING gin (tags);
CREATE INDEX events_errors ON events (at) WHERE level = 'error';

ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders;
ALTER TABLE events ADD FOREIGN KEY (customer_id) REFERENCES customers;
ALTER TABLE items ADD CHECK (quantity > 0);

CREATE VIEW failures AS
    SELECT at, service, host, message, payload FROM events WHERE level = 'error';
CREATE MATERIALIZED VIEW events_by_day AS
    SELECT date_trunc('day', at) AS day, kind, count(*) AS events, avg(duration) AS duration FROM events GROUP BY 1, 2;
CREATE UNIQUE INDEX ON events_by_day (day, kind);
COMMENT ON TABLE events IS 'What happened, as services say it';
