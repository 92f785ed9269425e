-- The tables of the benchmark's log of events, without what restore builds afterwards (see indexes.sql).
CREATE TYPE severity AS ENUM ('debug', 'info', 'notice', 'warning', 'error');

CREATE TABLE customers (
    id integer NOT NULL, name text NOT NULL, email text NOT NULL, plan text NOT NULL, country char(2) NOT NULL,
    settings jsonb NOT NULL, created_at timestamptz NOT NULL);

CREATE TABLE orders (
    id bigint NOT NULL, customer_id integer NOT NULL, status text NOT NULL, total numeric(12,2) NOT NULL,
    address inet, note text, placed_at timestamptz NOT NULL);

CREATE TABLE items (
    id bigint NOT NULL, order_id bigint NOT NULL, product text NOT NULL, quantity smallint NOT NULL,
    price numeric(10,2) NOT NULL, weight double precision);

-- The one that dominates.
CREATE TABLE events (
    id bigint NOT NULL, at timestamptz NOT NULL, received_at timestamptz NOT NULL, kind text NOT NULL,
    level severity NOT NULL, service text NOT NULL, host text NOT NULL, customer_id integer, session uuid,
    address inet, duration double precision, status smallint, message text, tags text[], payload jsonb NOT NULL,
    handled_at timestamptz);
