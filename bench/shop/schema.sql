-- The tables of the benchmark's shop, without what restore builds afterwards (see indexes.sql).
CREATE TYPE order_status AS ENUM ('new', 'paid', 'picked', 'shipped', 'delivered', 'returned', 'cancelled');
CREATE TYPE payment_method AS ENUM ('card', 'transfer', 'wallet', 'invoice', 'voucher');

CREATE TABLE categories (
    id integer NOT NULL, parent_id integer, name text NOT NULL, path text NOT NULL, position smallint NOT NULL);

CREATE TABLE customers (
    id bigint NOT NULL, email text NOT NULL, first_name text NOT NULL, last_name text NOT NULL, street text, city text,
    postcode varchar(12), country char(2) NOT NULL, phone text, birth_date date, newsletter boolean NOT NULL,
    credit numeric(10,2) NOT NULL, preferences jsonb, notes text, created_at timestamptz NOT NULL, last_login timestamptz);

CREATE TABLE products (
    id integer NOT NULL, sku varchar(20) NOT NULL, category_id integer NOT NULL, name text NOT NULL,
    description text NOT NULL, price numeric(10,2) NOT NULL, weight real, dimensions double precision[], tags text[],
    attributes jsonb NOT NULL, active boolean NOT NULL, added date NOT NULL);

CREATE TABLE orders (
    id bigint NOT NULL, customer_id bigint NOT NULL, number uuid NOT NULL, status order_status NOT NULL,
    placed_at timestamptz NOT NULL, total numeric(12,2) NOT NULL, currency char(3) NOT NULL, ship_to text NOT NULL,
    ip inet, comment text, delivered_on date);

-- The one that dominates.
CREATE TABLE order_items (
    id bigint NOT NULL, order_id bigint NOT NULL, product_id integer NOT NULL, quantity smallint NOT NULL,
    unit_price numeric(10,2) NOT NULL, discount numeric(5,4), tax_rate numeric(4,3) NOT NULL, status order_status NOT NULL,
    gift boolean NOT NULL, weight double precision, bin text, serial text, tracking uuid, note text, details jsonb,
    tags text[], created_at timestamptz NOT NULL, updated_at timestamptz);

CREATE TABLE payments (
    id bigint NOT NULL, order_id bigint NOT NULL, method payment_method NOT NULL, amount numeric(12,2) NOT NULL,
    reference text NOT NULL, paid_at timestamptz NOT NULL, response jsonb NOT NULL);

CREATE TABLE reviews (
    id bigint NOT NULL, product_id integer NOT NULL, customer_id bigint NOT NULL, rating smallint NOT NULL,
    title text NOT NULL, body text NOT NULL, helpful integer NOT NULL, written_at timestamp NOT NULL);

CREATE TABLE stock (
    product_id integer NOT NULL, warehouse smallint NOT NULL, quantity integer NOT NULL, reserved integer NOT NULL,
    shelf text, counted_at timestamptz);

CREATE TABLE price_history (
    id bigint GENERATED ALWAYS AS IDENTITY, product_id integer NOT NULL, valid daterange NOT NULL,
    price numeric(10,2) NOT NULL, with_tax numeric(12,2) GENERATED ALWAYS AS (round(price * 1.2, 2)) STORED);

CREATE TABLE pictures (
    id bigint NOT NULL, product_id integer NOT NULL, mime text NOT NULL, content bytea NOT NULL, width integer NOT NULL,
    height integer NOT NULL);
ALTER TABLE pictures ALTER COLUMN content SET STORAGE external;

CREATE TABLE sessions (
    token uuid NOT NULL, customer_id bigint, data jsonb NOT NULL, agent text NOT NULL, started timestamptz NOT NULL,
    lasted interval);

CREATE TABLE audit_log (
    id bigint NOT NULL, at timestamptz NOT NULL, actor text NOT NULL, action text NOT NULL, entity text NOT NULL,
    entity_id bigint NOT NULL, before jsonb, after jsonb, address inet) PARTITION BY RANGE (at);
CREATE TABLE audit_log_2023 PARTITION OF audit_log FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE audit_log_2024 PARTITION OF audit_log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE audit_log_2025 PARTITION OF audit_log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE audit_log_rest PARTITION OF audit_log DEFAULT;
