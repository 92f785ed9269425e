-- Everything that pg_dump puts behind the rows, and what else belongs to a database that is in use.
ALTER TABLE categories ADD PRIMARY KEY (id);
ALTER TABLE customers ADD PRIMARY KEY (id);
ALTER TABLE products ADD PRIMARY KEY (id);
ALTER TABLE orders ADD PRIMARY KEY (id);
ALTER TABLE order_items ADD PRIMARY KEY (id);
ALTER TABLE payments ADD PRIMARY KEY (id);
ALTER TABLE reviews ADD PRIMARY KEY (id);
ALTER TABLE stock ADD PRIMARY KEY (product_id, warehouse);
ALTER TABLE price_history ADD PRIMARY KEY (id);
ALTER TABLE pictures ADD PRIMARY KEY (id);
ALTER TABLE sessions ADD PRIMARY KEY (token);
ALTER TABLE audit_log ADD PRIMARY KEY (id, at);

ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);
ALTER TABLE products ADD CONSTRAINT products_sku_key UNIQUE (sku);
ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (number);
CREATE UNIQUE INDEX payments_reference ON payments (reference);

CREATE INDEX order_items_order ON order_items (order_id);
CREATE INDEX order_items_product ON order_items (product_id, created_at);
CREATE INDEX order_items_details ON order_items USING gin (details jsonb_path_ops);
CREATE INDEX order_items_open ON order_items (updated_at) WHERE status IN ('new', 'paid', 'picked');
CREATE INDEX orders_customer ON orders (customer_id, placed_at DESC);
CREATE INDEX orders_day ON orders ((timezone('UTC', placed_at)::date));
CREATE INDEX customers_name ON customers (lower(last_name), lower(first_name));
CREATE INDEX products_search ON products USING gin (to_tsvector('english', name || ' ' || description));
CREATE INDEX products_tags ON products USING gin (tags);
CREATE INDEX reviews_search ON reviews USING gin (to_tsvector('english', body));
CREATE INDEX reviews_product ON reviews (product_id, rating);
CREATE INDEX payments_order ON payments (order_id);
CREATE INDEX price_history_valid ON price_history USING gist (valid);
CREATE INDEX audit_log_entity ON audit_log (entity, entity_id);
CREATE INDEX sessions_started ON sessions USING brin (started);

ALTER TABLE categories ADD FOREIGN KEY (parent_id) REFERENCES categories;
ALTER TABLE products ADD FOREIGN KEY (category_id) REFERENCES categories;
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
ALTER TABLE order_items ADD FOREIGN KEY (order_id) REFERENCES orders;
ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products;
ALTER TABLE payments ADD FOREIGN KEY (order_id) REFERENCES orders;
ALTER TABLE reviews ADD FOREIGN KEY (product_id) REFERENCES products;
ALTER TABLE reviews ADD FOREIGN KEY (customer_id) REFERENCES customers;
ALTER TABLE stock ADD FOREIGN KEY (product_id) REFERENCES products;
ALTER TABLE pictures ADD FOREIGN KEY (product_id) REFERENCES products;
ALTER TABLE order_items ADD CHECK (quantity > 0);

CREATE VIEW open_orders AS
    SELECT orders.*, customers.email FROM orders JOIN customers ON customers.id = customer_id
    WHERE status NOT IN ('delivered', 'returned', 'cancelled');
CREATE MATERIALIZED VIEW revenue_by_month AS
    SELECT date_trunc('month', placed_at) AS month, currency, count(*) AS orders, sum(total) AS revenue
    FROM orders GROUP BY 1, 2;
CREATE UNIQUE INDEX ON revenue_by_month (month, currency);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
CREATE TRIGGER order_items_touch BEFORE UPDATE ON order_items FOR EACH ROW
    WHEN (NEW.status IS DISTINCT FROM OLD.status) EXECUTE FUNCTION touch();
COMMENT ON TABLE order_items IS 'One line of an order';
