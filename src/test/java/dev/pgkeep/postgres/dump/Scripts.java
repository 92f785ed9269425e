package dev.pgkeep.postgres.dump;

/** Scripts that tests read. */
final class Scripts {
    /** Everything that makes it hard to see where a statement ends. */
    static final String ODD = """
            --
            -- PostgreSQL database dump
            --

            -- Dumped from database version 15.18
            -- Dumped by pg_dump version 17.6

            \\restrict abcDEF123

            SET client_encoding = 'UTF8';
            SELECT E'it\\'s; ''fine\\'; \\\\', 'back\\', "odd;name", U&'\\0061;', 'it''s;';
            SELECT E'a''b\\';c';
            SELECT $$ ; ' " -- /* $$, $a$ $$ ; $b$ $a$, $1, a$b$c, x1$$;
            PREPARE p AS SELECT $1;
            SELECT 1 - -1, 2 /* one; /* two; */ still; */ /*/ odd; */ ; -- it's; done
            SELECT '--', '/*', "--", "/*", '*/';
            CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql
                BEGIN ATOMIC
                 SELECT CASE WHEN a > 1 THEN 1 ELSE 2 END;
                 INSERT INTO t VALUES (1);
                END;
            CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC DELETE FROM t; END;
            CREATE RULE r AS ON UPDATE TO v DO INSTEAD ( UPDATE a SET x = 1; DELETE FROM b; );
            BEGIN;
            COMMIT;
            COPY public.t (a, "B") FROM stdin;
            1\tone
            \\N\t\\.x
            \\\\.\tbackslash
            \\.x
            ;'"$$--/*\t\\n
            \\.

            COPY public.nothing () FROM stdin;


            \\.
            COPY public.empty (a) FROM stdin;
            \\.
            COPY "od;d "" from stdin"."name
            with 'line" ("c,)") FROM stdin;
            x
            \\.
            COPY (SELECT ' from stdin') TO '/dev/null';
            COPY "a FROM stdin" TO stdout;
            copy t from stdin with (format csv, null ';');
            1
            \\.
            SELECT pg_catalog.setval('public.s', 5, true);
            --
            -- PostgreSQL database dump complete
            --

            \\unrestrict abcDEF123

            """;

    /** A short dump as pg_dump writes it. */
    static final String SMALL = """
            --
            -- PostgreSQL database dump
            --

            -- Dumped from database version 15.18
            -- Dumped by pg_dump version 17.6

            SET statement_timeout = 0;
            SET transaction_timeout = 0;
            SET client_encoding = 'UTF8';
            SELECT pg_catalog.set_config('search_path', '', false);

            CREATE TABLE public.t (
                a integer,
                "B" text
            );


            ALTER TABLE public.t OWNER TO "the; owner";

            --
            -- Data for Name: t; Type: TABLE DATA; Schema: public; Owner: app
            --

            COPY public.t (a, "B") FROM stdin;
            1\tone
            2\t\\\\.
            3\t\\N
            \\.


            COPY public.u (c) FROM stdin;
            1
            \\.


            ALTER TABLE ONLY public.t ADD CONSTRAINT c CHECK (("B" <> ' OWNER TO x;'::text));

            GRANT SELECT ON TABLE public.t TO reader;

            --
            -- PostgreSQL database dump complete
            --

            """;

    private Scripts() {}
}
