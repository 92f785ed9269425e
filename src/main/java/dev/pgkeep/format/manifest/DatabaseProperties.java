package dev.pgkeep.format.manifest;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a database besides its contents: enough to create an equal one.
 *
 * @param owner role that owns it
 * @param encoding for instance {@code UTF8}
 * @param localeProvider {@code libc}, {@code icu} or {@code builtin}
 * @param collate LC_COLLATE
 * @param ctype LC_CTYPE
 * @param locale ICU or builtin locale, where the provider has one
 * @param icuRules tailoring rules of an ICU locale (PostgreSQL 16 and later)
 * @param tablespace default tablespace
 * @param connectionLimit -1 for none
 * @param template whether it is a template database
 * @param allowConnections whether it accepts connections
 * @param comment its comment
 * @param settings {@code ALTER DATABASE … SET} of the database and of roles in it
 * @param grants rights on the database itself
 */
@Json
public record DatabaseProperties(
        String owner,
        String encoding,
        String localeProvider,
        @Nullable String collate,
        @Nullable String ctype,
        @Nullable String locale,
        @Nullable String icuRules,
        String tablespace,
        int connectionLimit,
        boolean template,
        boolean allowConnections,
        @Nullable String comment,
        List<Setting> settings,
        Grants grants) {

    /** These properties with the owner of one and the rights of another. */
    public DatabaseProperties ownedAs(DatabaseProperties ownerOf, DatabaseProperties grantsOf) {
        return new DatabaseProperties(
                ownerOf.owner,
                encoding,
                localeProvider,
                collate,
                ctype,
                locale,
                icuRules,
                tablespace,
                connectionLimit,
                template,
                allowConnections,
                comment,
                settings,
                grantsOf.grants);
    }

    /**
     * One setting of a database.
     *
     * @param role the role it is for in this database, or null for everybody
     * @param name of the parameter
     * @param value as the catalog stores it
     */
    @Json
    public record Setting(@Nullable String role, String name, String value) {}

    /**
     * Rights on the database.
     *
     * @param standard true when nobody ever changed them (then entries are empty)
     * @param entries what each grantee may do, in the catalog's order
     */
    @Json
    public record Grants(boolean standard, List<Grant> entries) {}

    /**
     * Rights of one grantee.
     *
     * @param grantee role name, or null for PUBLIC
     * @param grantor role that granted
     * @param privileges for instance {@code CONNECT}, {@code TEMPORARY}
     * @param grantable whether it may grant them on
     */
    @Json
    public record Grant(@Nullable String grantee, String grantor, List<String> privileges, boolean grantable) {}
}
