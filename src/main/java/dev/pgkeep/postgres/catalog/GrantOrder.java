package dev.pgkeep.postgres.catalog;

import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.DatabaseProperties.Grant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Orders grants so that everybody has received the right to grant before granting: the owner's come first. */
public final class GrantOrder {
    private GrantOrder() {}

    public static List<Grant> of(DatabaseProperties properties) {
        var waiting = new ArrayList<>(properties.grants().entries());
        var ordered = new ArrayList<Grant>();
        Set<String> mayGrant = new HashSet<>(Set.of(properties.owner()));
        while (!waiting.isEmpty()) {
            List<Grant> next = waiting.stream()
                    .filter(grant -> mayGrant.contains(grant.grantor()))
                    .toList();
            if (next.isEmpty()) {
                // Given by a superuser's hand in a way we cannot follow; the statements will tell.
                next = List.copyOf(waiting);
            }
            ordered.addAll(next);
            waiting.removeAll(next);
            next.stream().filter(Grant::grantable).map(Grant::grantee).forEach(role -> {
                if (role != null) {
                    mayGrant.add(role);
                }
            });
        }
        return ordered;
    }
}
