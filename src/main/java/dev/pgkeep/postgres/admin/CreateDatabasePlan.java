package dev.pgkeep.postgres.admin;

import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.DatabaseProperties.Grant;
import dev.pgkeep.format.manifest.DatabaseProperties.Setting;
import dev.pgkeep.postgres.catalog.GrantOrder;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.catalog.SettingList;
import dev.pgkeep.postgres.catalog.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the statements of a {@link CreateDatabaseLike}. */
final class CreateDatabasePlan {
    private static final String DEFAULT_TABLESPACE = "pg_default";

    private final DatabaseProperties properties;
    private final String database;
    private final int serverMajor;
    private final Set<String> roles;
    private final Set<String> tablespaces;
    private final List<String> create = new ArrayList<>();
    private final List<String> finish = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    CreateDatabasePlan(
            DatabaseProperties properties, String name, int serverMajor, Set<String> roles, Set<String> tablespaces) {
        this.properties = properties;
        this.database = Sql.identifier(name);
        this.serverMajor = serverMajor;
        this.roles = roles;
        this.tablespaces = tablespaces;
    }

    CreateDatabaseLike plan() {
        create.add(createDatabase());
        addComment();
        addGrants();
        properties.settings().forEach(this::addSetting);
        addLimits();
        return new CreateDatabaseLike(create, finish, notes);
    }

    private String createDatabase() {
        var sql = new StringBuilder("CREATE DATABASE " + database + " WITH TEMPLATE template0");
        if (roles.contains(properties.owner())) {
            sql.append(" OWNER ").append(Sql.identifier(properties.owner()));
        } else {
            notes.add("role " + properties.owner() + " does not exist here: the database belongs to you instead");
        }
        sql.append(" ENCODING ").append(Sql.literal(properties.encoding()));
        appendLocale(sql);
        if (properties.tablespace().equals(DEFAULT_TABLESPACE)) {
            // Never named: a role that may create databases in it by default may still not say so.
            return sql.toString();
        }
        if (tablespaces.contains(properties.tablespace())) {
            sql.append(" TABLESPACE ").append(Sql.identifier(properties.tablespace()));
        } else {
            notes.add("tablespace " + properties.tablespace() + " cannot be used here: the default one is used");
        }
        return sql.toString();
    }

    private void appendLocale(StringBuilder sql) {
        if (properties.collate() != null) {
            sql.append(" LC_COLLATE ").append(Sql.literal(properties.collate()));
        }
        if (properties.ctype() != null) {
            sql.append(" LC_CTYPE ").append(Sql.literal(properties.ctype()));
        }
        String provider = properties.localeProvider();
        String locale = properties.locale();
        boolean known = provider.equals("builtin") ? serverMajor >= 17 : serverMajor >= 15;
        if (provider.equals("libc")) {
            // Named all the same, because the template's provider may be another one.
            sql.append(known ? " LOCALE_PROVIDER libc" : "");
        } else if (!known) {
            notes.add("locale provider " + provider + " is not known to PostgreSQL " + serverMajor + ": texts sort by "
                    + properties.collate() + " instead of " + locale);
        } else {
            sql.append(" LOCALE_PROVIDER ").append(provider);
            if (locale != null) {
                sql.append(provider.equals("icu") ? " ICU_LOCALE " : " BUILTIN_LOCALE ")
                        .append(Sql.literal(locale));
            }
            appendRules(sql);
        }
    }

    private void appendRules(StringBuilder sql) {
        String rules = properties.icuRules();
        if (rules != null && serverMajor >= 16) {
            sql.append(" ICU_RULES ").append(Sql.literal(rules));
        } else if (rules != null) {
            notes.add("ICU rules are not known to PostgreSQL " + serverMajor + ": texts sort without them");
        }
    }

    private void addComment() {
        String comment = Protection.withoutMark(properties.comment());
        if (comment != null) {
            create.add("COMMENT ON DATABASE " + database + " IS " + Sql.literal(comment));
        }
    }

    private void addGrants() {
        if (properties.grants().standard()) {
            return;
        }
        create.add("REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        if (roles.contains(properties.owner())) {
            create.add("REVOKE ALL ON DATABASE " + database + " FROM " + Sql.identifier(properties.owner()));
        }
        GrantOrder.of(properties).forEach(this::addGrant);
    }

    private void addGrant(Grant grant) {
        String grantee = grant.grantee();
        if (grantee != null && !roles.contains(grantee)) {
            notes.add("role " + grantee + " does not exist here: its rights on the database are left out");
            return;
        }
        String sql = "GRANT " + String.join(", ", grant.privileges()) + " ON DATABASE " + database + " TO "
                + (grantee == null ? "PUBLIC" : Sql.identifier(grantee))
                + (grant.grantable() ? " WITH GRANT OPTION" : "");
        boolean byAnother = !grant.grantor().equals(properties.owner()) && roles.contains(grant.grantor());
        if (byAnother) {
            create.add("SET ROLE " + Sql.identifier(grant.grantor()));
            create.add(sql);
            create.add("RESET ROLE");
        } else {
            create.add(sql);
        }
    }

    private void addSetting(Setting setting) {
        if (Protection.isMark(setting.name())) {
            return;
        }
        String role = setting.role();
        if (role != null && !roles.contains(role)) {
            notes.add("role " + role + " does not exist here: its setting " + setting.name() + " is left out");
            return;
        }
        String whose = role == null
                ? "ALTER DATABASE " + database
                : "ALTER ROLE " + Sql.identifier(role) + " IN DATABASE " + database;
        finish.add(whose + " SET " + Sql.identifier(setting.name()) + " TO "
                + SettingList.sql(setting.name(), setting.value()));
    }

    private void addLimits() {
        if (properties.connectionLimit() >= 0) {
            finish.add("ALTER DATABASE " + database + " WITH CONNECTION LIMIT " + properties.connectionLimit());
        }
        if (properties.template()) {
            finish.add("ALTER DATABASE " + database + " WITH IS_TEMPLATE true");
        }
        if (!properties.allowConnections()) {
            finish.add("ALTER DATABASE " + database + " WITH ALLOW_CONNECTIONS false");
        }
    }
}
