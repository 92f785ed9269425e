package dev.pgkeep.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetReaderTest {
    @TempDir
    Path home;

    private TargetReader.Reading read(String text, Map<String, String> environment) {
        return TargetReader.read(text, environment, home, "--url");
    }

    private Target target(String text) {
        return read(text, Map.of()).target();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            postgres://app:s3cret@db:6000/shop                         | shop on db:6000 as app
            postgresql://app:s3cret@db/shop                            | shop on db:5432 as app
            POSTGRESQL://app:s3cret@db/shop                            | shop on db:5432 as app
            postgresql+psycopg://app:s3cret@db/shop                    | shop on db:5432 as app
            postgresql+asyncpg://app:s3cret@db/shop                    | shop on db:5432 as app
            postgis://app:s3cret@db/shop                               | shop on db:5432 as app
            ecto://app:s3cret@db/shop                                  | shop on db:5432 as app
            r2dbc:postgresql://app:s3cret@db/shop                      | shop on db:5432 as app
            jdbc:postgresql://db:6000/shop?user=app&password=s3cret    | shop on db:6000 as app
            jdbc:postgresql://app:s3cret@db/shop                       | shop on db:5432 as app
            "postgres://app:s3cret@db/shop"                            | shop on db:5432 as app
            'postgres://app:s3cret@db/shop'                            | shop on db:5432 as app
            postgres://app:s3cret@[::1]:6000/shop                      | shop on [::1]:6000 as app
            postgres://app:s3cret@[2001:db8::7]/shop                   | shop on [2001:db8::7]:5432 as app
            postgres://app:s3cret@a:1,b:2/shop                         | shop on a:1, b:2 as app
            postgres://app:s3cret@a,b/shop                             | shop on a:5432, b:5432 as app
            postgres://app:s3cret@a,[::1]:7/shop                       | shop on a:5432, [::1]:7 as app
            postgres://app:s3cret@localhost/shop?host=/run/pg          | shop on /run/pg:5432 as app
            postgres://app:s3cret@%2Frun%2Fpg/shop                     | shop on /run/pg:5432 as app
            postgres://app:s3cret@%2Frun%2Fpg:6000/shop                | shop on /run/pg:6000 as app
            postgres:///shop?host=/run/pg&user=app&password=s3cret     | shop on /run/pg:5432 as app
            postgres://app:s3cret@/shop?host=/cloudsql/p:eu:i          | shop on /cloudsql/p:eu:i:5432 as app
            postgres://app:s3cret@db/my%20shop                         | my shop on db:5432 as app
            postgres://a%40b:s3cret@db/shop                            | shop on db:5432 as a@b
            postgres://app:s3cret@db                                   | app on db:5432 as app
            postgres://app:s3cret@db/                                  | app on db:5432 as app
            host=db port=6000 dbname=shop user=app password=s3cret     | shop on db:6000 as app
            host = db dbname = 'my shop' user=app password='s3cret'    | my shop on db:5432 as app
            host=a,b port=1,2 dbname=shop user=app password=s3cret     | shop on a:1, b:2 as app
            host=a,b port=7 dbname=shop user=app password=s3cret       | shop on a:7, b:7 as app
            host=/run/pg dbname=shop user=app password=s3cret          | shop on /run/pg:5432 as app
            """)
    void every_dialect_says_the_same(String text, String description) {
        Target target = target(text);
        assertThat(target.describe()).isEqualTo(description);
        assertThat(target.password()).contains(new Secret("s3cret"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            postgres://app:p%40ss%3A%2F%23%3F%25@db/shop      | p@ss:/#?%
            postgres://app:p@ss@db/shop                       | p@ss
            postgres://app:p@ss@db:5432/shop?x=a@b            | p@ss
            postgres://app:p:a:s@db/shop                      | p:a:s
            postgres://app:pa/ss@db/shop                      | pa/ss
            postgres://app:p@a/ss@db/shop                     | p@a/ss
            postgres://app:p/a@ss/x@db:5432/shop?sslmode=require | p/a@ss/x
            postgres://app:pa#ss@db/shop                      | pa#ss
            postgres://app:pa?ss@db/shop                      | pa?ss
            postgres://app:p@a?ss@db/shop                     | p@a?ss
            postgres://app:12/34@db/shop                      | 12/34
            postgres://app:100%sure@db/shop                   | 100%sure
            postgres://app:100%@db/shop                       | 100%
            postgres://app:a+b@db/shop                        | a+b
            postgres://app:a b@db/shop                        | a b
            postgres://app:p[a]ss@db/shop                     | p[a]ss
            postgres://app:gr%C3%BC%C3%9Fe@db/shop            | grüße
            postgres://app:grüße@db/shop                      | grüße
            jdbc:postgresql://db/shop?user=app&password=a%2Bb | a+b
            jdbc:postgresql://db/shop?user=app&password=a+b   | a b
            jdbc:postgresql://db/shop?user=app&password=a%26b | a&b
            host=db dbname=shop user=app password='a\\'b c'   | a'b c
            host=db dbname=shop user=app password=a\\\\b      | a\\b
            """)
    void passwords_with_odd_characters_are_understood(String text, String password) {
        Target target = target(text);
        assertThat(target.password().orElseThrow().reveal()).isEqualTo(password);
        assertThat(target.describe()).isEqualTo("shop on db:5432 as app");
    }

    @Test
    void a_password_that_should_have_been_encoded_is_noted_without_it() {
        assertThat(read("postgres://app:pa/s3cret@db/shop", Map.of()).notes())
                .singleElement()
                .asString()
                .contains("percent-encoded")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sslmode=require                             | {sslmode=require}
            sslmode=no-verify                           | {sslmode=require}
            ssl=true                                    | {sslmode=require}
            ssl=false                                   | {sslmode=disable}
            ssl=verify-full                             | {sslmode=verify-full}
            ssl=true&sslmode=verify-ca                  | {sslmode=verify-ca}
            sslaccept=strict                            | {sslmode=verify-full, sslrootcert=system}
            sslaccept=strict&sslcert=/ca.pem            | {sslmode=verify-full, sslrootcert=/ca.pem}
            sslmode=require&sslaccept=accept_invalid_certs | {sslmode=require}
            sslmode=disable&sslaccept=strict            | {sslmode=disable}
            sslaccept=accept_invalid_certs              | {}
            sslmode=prefer&sslaccept=accept_invalid_certs | {sslmode=prefer}
            sslMode=require                             | {sslmode=require}
            sslrootcert=system                          | {sslmode=verify-full, sslrootcert=system}
            sslcert=/c.crt&sslkey=/c.key                | {sslcert=/c.crt, sslkey=/c.key}
            connect_timeout=5                           | {connect_timeout=5}
            options=endpoint%3Dep-cool-1                | {options=endpoint=ep-cool-1}
            options=-c%20search_path%3Da                | {options=-c search_path=a}
            targetServerType=primary                    | {target_session_attrs=primary}
            ApplicationName=shop                        | {application_name=shop}
            channel_binding=require                     | {channel_binding=require}
            connection_limit=5&pool_timeout=3&pgbouncer=true | {}
            client_encoding=latin1                      | {}
            foo=bar                                     | {}
            """)
    void parameters_get_their_libpq_meaning(String query, String parameters) {
        assertThat(target("postgres://app@db/shop?" + query).parameters()).hasToString(parameters);
    }

    @Test
    void ssl_true_means_a_full_check_to_the_jdbc_driver() {
        assertThat(target("jdbc:postgresql://db/shop?user=app&ssl=true").parameters())
                .containsEntry("sslmode", "verify-full");
        assertThat(target("jdbc:postgresql://db/shop?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory")
                        .parameters())
                .isEqualTo(Map.of("sslmode", "require"));
    }

    @Test
    void parameters_of_the_application_and_unknown_ones_are_noted_by_name_only() {
        var notes = read("postgres://app@db/shop?connection_limit=5&pool_timeout=3&schema=sales&foo=b4r", Map.of())
                .notes();
        assertThat(notes)
                .containsExactly(
                        "the connection names the schema sales; pgkeep works on the whole database unless told"
                                + " otherwise (-n sales)",
                        "ignored in the connection (they concern the application): connection_limit, pool_timeout",
                        "ignored in the connection (unknown parameters): foo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://app@ep-cool-1-pooler.eu.neon.tech/shop",
                "postgres://app@aws.pooler.supabase.com:6543/shop",
                "postgres://app@pgbouncer/shop",
                "postgres://app@db:6432/shop"
            })
    void a_pooler_is_noted_with_the_way_around_it(String text) {
        assertThat(read(text, Map.of()).notes())
                .singleElement()
                .asString()
                .contains("pooler")
                .contains("DIRECT_URL");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgres://app:s3cret@db:54x2/shop            | host and port
            postgres://app:s3cret@db:0/shop               | 1 to 65535
            postgres://app:s3cret@db:99999/shop           | 1 to 65535
            postgres:app:s3cret@db/shop                   | two slashes
            mysql://app:s3cret@db/shop                    | mysql:// is not one of PostgreSQL
            prisma+postgres://accelerate/?api_key=s3cret  | Prisma
            app:s3cret@db/shop                            | no scheme
            s3cret@db:5432/shop                           | no scheme
            postgres://app:s3cret@db/shop?sslmode=requier | sslmode is none of
            postgres://app:s3cret@a,b,c:1/shop?port=1,2   | 3 hosts but 2 ports
            postgres://app:s3cret@db/shop?hostaddr=::1,::2| 1 hosts but 2 addresses
            postgres://app:s3cret@db/sh%00op              | zero byte
            host=db password='s3cret                      | does not end
            host=db password=a s3cret                     | lacks a =
            postgres://app:s3cret@db/shop?service=none    | service none is not defined
            """)
    void a_text_that_cannot_be_understood_is_told_without_the_password(String text, String message) {
        assertThatThrownBy(() -> target(text)).isInstanceOfSatisfying(PgkeepException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_INVALID);
            assertThat(failure).hasMessageContaining(message);
            assertThat(failure.getMessage() + failure.hint()).doesNotContain("s3cret");
            assertThat(failure.hint()).isNotBlank();
        });
    }

    @Test
    void a_mistyped_sslmode_gets_a_suggestion() {
        assertThatThrownBy(() -> target("postgres://db/shop?sslmode=verify_full"))
                .isInstanceOfSatisfying(
                        PgkeepException.class,
                        failure -> assertThat(failure.hint()).contains("sslmode=verify-full"));
    }

    @Test
    void nothing_at_all_means_this_machine_and_this_user() {
        Target target = target("");
        assertThat(target.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(target.database()).isEqualTo(target.user());
        assertThat(target.endpoints())
                .singleElement()
                .extracting(Endpoint::port)
                .isEqualTo(5432);
        assertThat(target.isLocal()).isTrue();
        assertThat(target.password()).isEmpty();
    }

    @Test
    void a_bare_word_is_a_database() {
        assertThat(target("shop").database()).isEqualTo("shop");
    }

    @Test
    void environment_variables_fill_what_the_text_leaves_open() {
        var environment = Map.ofEntries(
                Map.entry("PGHOST", "db"),
                Map.entry("PGPORT", "6000"),
                Map.entry("PGUSER", "app"),
                Map.entry("PGDATABASE", "shop"),
                Map.entry("PGPASSWORD", "s3cret"),
                Map.entry("PGSSLMODE", "require"),
                Map.entry("PGSSLROOTCERT", "/ca.pem"),
                Map.entry("PGSSLCERT", "/c.crt"),
                Map.entry("PGSSLKEY", "/c.key"),
                Map.entry("PGCONNECT_TIMEOUT", "3"),
                Map.entry("PGOPTIONS", "-c x=y"),
                Map.entry("PGTARGETSESSIONATTRS", "read-write"));
        Target target = read("", environment).target();
        assertThat(target.describe()).isEqualTo("shop on db:6000 as app");
        assertThat(target.password()).contains(new Secret("s3cret"));
        assertThat(target.parameters())
                .hasToString("{connect_timeout=3, options=-c x=y, sslcert=/c.crt, sslkey=/c.key, sslmode=require,"
                        + " sslrootcert=/ca.pem, target_session_attrs=read-write}");
        assertThat(read("postgres://me:own@other/x?sslmode=disable", environment)
                        .target())
                .satisfies(other -> {
                    assertThat(other.describe()).isEqualTo("x on other:6000 as me");
                    assertThat(other.password()).contains(new Secret("own"));
                    assertThat(other.parameters()).containsEntry("sslmode", "disable");
                });
    }

    @Test
    void an_address_replaces_the_look_up_of_its_host() {
        var environment = Map.of("PGHOST", "db", "PGHOSTADDR", "10.0.0.7");
        assertThat(read("", environment).target().endpoints())
                .isEqualTo(List.of(new Endpoint("db", 5432, java.util.Optional.of("10.0.0.7"))));
        assertThat(read("postgres://other/x", environment).target().endpoints())
                .isEqualTo(List.of(new Endpoint("other", 5432)));
    }

    @Test
    void a_service_fills_in_before_the_environment_does() throws Exception {
        Files.writeString(home.resolve(".pg_service.conf"), """
                # ours
                [other]
                host=wrong
                [shop]
                host=db
                port=6000
                dbname=shop
                password=s3cret

                [last]
                host=wrong
                """);
        var environment = Map.of("PGSERVICE", "shop", "PGHOST", "env", "PGUSER", "app");
        assertThat(read("", environment).target().describe()).isEqualTo("shop on db:6000 as app");
        assertThat(read("postgres:///mine?service=shop&user=app", Map.of())
                        .target()
                        .describe())
                .isEqualTo("mine on db:6000 as app");
        assertThat(read("service=shop user=app", Map.of()).target().password()).contains(new Secret("s3cret"));
    }

    @Test
    void service_files_of_the_environment_and_the_system_are_found() throws Exception {
        Path own = Files.writeString(home.resolve("services"), "[a]\nhost=first\n");
        Files.writeString(home.resolve("pg_service.conf"), "[a]\nhost=second\n[b]\nhost=system\n");
        var environment = Map.of("PGSERVICEFILE", own.toString(), "PGSYSCONFDIR", home.toString());
        assertThat(read("service=a", environment).target().describeServer()).isEqualTo("first:5432");
        assertThat(read("service=b", environment).target().describeServer()).isEqualTo("system:5432");
    }

    @Test
    void certificates_in_the_home_folder_are_used_as_by_libpq() throws Exception {
        Path folder = Files.createDirectory(home.resolve(".postgresql"));
        Path root = Files.createFile(folder.resolve("root.crt"));
        Path certificate = Files.createFile(folder.resolve("postgresql.crt"));
        Path key = Files.createFile(folder.resolve("postgresql.key"));
        assertThat(target("postgres://db/shop?sslmode=verify-ca").parameters())
                .isEqualTo(Map.of(
                        "sslmode", "verify-ca",
                        "sslrootcert", root.toString(),
                        "sslcert", certificate.toString(),
                        "sslkey", key.toString()));
    }

    @Test
    void variables_that_tell_a_database_are_recognised() {
        assertThat(TargetReader.knownFromEnvironment(Map.of("PGDATABASE", "shop")))
                .isTrue();
        assertThat(TargetReader.knownFromEnvironment(Map.of("PGSERVICE", "shop")))
                .isTrue();
        assertThat(TargetReader.knownFromEnvironment(Map.of("PGHOST", ""))).isFalse();
        assertThat(TargetReader.knownFromEnvironment(Map.of("PGPASSWORD", "x"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://app@db:5432/shop",
                "postgresql://app@[::1]:6000/shop?sslmode=require",
                "postgresql://app@a:1,b:2/my%20shop?options=-c%20x%3Dy",
                "postgresql://a%40b@/shop?host=/run/pg&port=6000"
            })
    void a_displayed_url_reads_back_as_the_same_target(String url) {
        assertThat(target(url).displayUrl()).isEqualTo(url);
        assertThat(target(target(url).displayUrl())).isEqualTo(target(url));
    }

    @Test
    void no_text_however_broken_makes_anything_print_the_password() {
        var random = new java.util.Random(7);
        String odd = "@:/?#%[]&=+ '\"\\,;a1";
        for (int i = 0; i < 20_000; i++) {
            var junk = new StringBuilder();
            for (int j = random.nextInt(6); j >= 0; j--) {
                junk.append(odd.charAt(random.nextInt(odd.length())));
            }
            String password = junk + "s3cret" + junk.reverse();
            String text = switch (random.nextInt(4)) {
                case 0 -> "postgres://app:" + password + "@db:5432/shop?sslmode=require";
                case 1 -> "postgresql://app:" + password + "@db/shop";
                case 2 -> "jdbc:postgresql://db/shop?user=app&password=" + PercentEncoding.encode(password);
                default -> "host=db user=app password='" + password.replaceAll("(['\\\\])", "\\\\$1") + "'";
            };
            String told;
            try {
                var reading = read(text, Map.of());
                told = reading.notes()
                        + (reading.target().endpoints().getFirst().host().equals("db") ? reading.toString() : "");
            } catch (PgkeepException failure) {
                told = failure.getMessage() + failure.hint();
            }
            assertThat(told).as(text).doesNotContain("s3cret");
        }
    }

    @Test
    void neither_a_target_nor_a_reading_prints_the_password() {
        var reading = read("postgres://app:s3cret@db:6543/shop?schema=x&foo=1&password=s3cret", Map.of());
        Target target = reading.target();
        String everything = reading
                + target.toString()
                + target.describe()
                + target.displayUrl()
                + target.libpqEnvironment()
                + target.withDatabase("x")
                + target.settledAt(new Endpoint("a", 1), SessionStart.UNKNOWN)
                + Dialects.read("postgres://app:s3cret@db/shop");
        assertThat(everything).doesNotContain("s3cret");
        assertThat(target.libpqEnvironment().set()).containsEntry("PGPASSWORD", "s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            host=db sslmod=require dbname=shop        | sslmod         | did you mean sslmode?
            HOST=db dbname=shop                       | HOST           | did you mean host? (in small letters)
            host=db DBNAME=shop                       | DBNAME         | did you mean dbname? (in small letters)
            host=db nonsense=1                        | nonsense       | write it as host=localhost
            postgres://app@db/shop?sslmod=require     | sslmod         | did you mean sslmode?
            postgres://app@/shop?hosst=db             | hosst          | did you mean host?
            postgres://app@/shop?HOST=db              | HOST           | did you mean host? (in small letters)
            jdbc:postgresql://db/shop?pasword=s3cret  | pasword        | did you mean password?
            Host=db;Port=6000;Database=shop;Password=s3cret | semicolons | write it as postgresql://
            host=db;port=6000;database=shop;password=s3cret | semicolons | write it as postgresql://
            User Id=app;Password=s3cret;Server=db     | semicolons     | write it as postgresql://
            """)
    void what_is_not_understood_is_refused_and_named_and_leads_to_no_other_database(
            String text, String named, String hint) {
        assertThatThrownBy(() -> read(text, Map.of("PGHOST", "elsewhere", "PGDATABASE", "production")))
                .isInstanceOfSatisfying(PgkeepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_INVALID);
                    assertThat(e.getMessage()).contains(named).doesNotContain("s3cret");
                    assertThat(e.hint()).contains(hint).doesNotContain("s3cret");
                });
    }

    @Test
    void an_unknown_word_behind_a_password_may_be_a_piece_of_it_and_is_not_shown() {
        assertThatThrownBy(() -> target("host=db password=two tokens=3"))
                .isInstanceOfSatisfying(
                        PgkeepException.class,
                        e -> assertThat(e.getMessage()).contains("3. one").doesNotContain("tokens"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host=db user=gorm password=s3cret dbname=shop sslmode=disable TimeZone=Asia/Shanghai",
                "host=db user=app password=s3cret dbname=shop pool_max_conns=10",
                "host=db user=app password='a;b=c' dbname=shop",
                "host=db user=app dbname=shop keepalives_idle=3 oauth_scope=x",
                "postgres://app@db/shop?schema=public&connection_limit=5&pgbouncer=true&pool_timeout=3",
                "postgres://app@db/shop?localSocketAddress=x&loadBalanceHosts=true&project=x",
            })
    void names_of_drivers_and_mappers_are_no_mistakes(String text) {
        assertThat(target(text).database()).isEqualTo("shop");
    }

    @Test
    void a_service_has_no_unknown_names_either() throws Exception {
        Files.writeString(home.resolve(".pg_service.conf"), "[shop]\nhost=db\ndatabse=shop\n");
        assertThatThrownBy(() -> target("service=shop")).hasMessageContaining("databse");
    }
}
