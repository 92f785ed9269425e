package dev.pgkeep.testing;

/** SQL that makes a lot out of a number. */
final class GeneratedSql {
    private GeneratedSql() {}

    static String hugeValue(int bytes) {
        return """
                CREATE SCHEMA huge;
                CREATE TABLE huge.values (id integer PRIMARY KEY, bytes bytea, text text);
                ALTER TABLE huge.values ALTER bytes SET STORAGE EXTERNAL, ALTER text SET STORAGE EXTERNAL;
                INSERT INTO huge.values
                SELECT 1, substr(string_agg(sha256(n::text::bytea), ''), 1, %1$d),
                    substr(string_agg(md5(n::text), ''), 1, %1$d)
                FROM generate_series(1, %1$d / 32 + 1) AS n;
                """.formatted(bytes);
    }

    /** Commits now and then, because a transaction that makes thousands of tables runs out of locks. */
    static String manyTables(int tables) {
        return """
                DO $$
                BEGIN
                    FOR n IN 1..%d LOOP
                        IF n %% 500 = 1 THEN
                            EXECUTE format('CREATE SCHEMA many_%%s', n / 500 + 1);
                        END IF;
                        EXECUTE format('CREATE TABLE many_%%1$s.table_%%2$s (id integer, name varchar(50));'
                            'INSERT INTO many_%%1$s.table_%%2$s VALUES (1, ''row of table %%2$s''), (2, NULL), (3, '''')',
                            (n - 1) / 500 + 1, n);
                        IF n %% 200 = 0 THEN
                            COMMIT;
                        END IF;
                    END LOOP;
                END
                $$
                """.formatted(tables);
    }

    static String accounts(int accounts, long balance) {
        return """
                CREATE SCHEMA bank;
                CREATE TABLE bank.accounts (id integer PRIMARY KEY, balance bigint NOT NULL);
                CREATE TABLE bank.transfers (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source integer NOT NULL REFERENCES bank.accounts,
                    destination integer NOT NULL REFERENCES bank.accounts, amount bigint NOT NULL);
                INSERT INTO bank.accounts SELECT n, %2$d FROM generate_series(1, %1$d) AS n;
                CREATE FUNCTION bank.transfer(source integer, destination integer, amount bigint) RETURNS void
                LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE bank.accounts AS a
                    SET balance = a.balance + CASE WHEN a.id = $2 THEN $3 ELSE -$3 END
                    FROM (SELECT l.id FROM bank.accounts AS l WHERE l.id IN ($1, $2) ORDER BY l.id FOR UPDATE) AS locked
                    WHERE a.id = locked.id AND $1 <> $2;
                    INSERT INTO bank.transfers (source, destination, amount) VALUES ($1, $2, $3);
                END
                $$;
                """.formatted(accounts, balance);
    }
}
