package dev.pgkeep.format.pgtext;

import java.util.Map;
import java.util.Optional;

/**
 * The types that can be printed, and by what. Reads types as format_type names them in a session without search path.
 */
public final class TypePrinters {
    private static final int DEEPEST = 32;
    private static final Map<String, Printer> OF_EXTENSIONS = Map.of(
            "citext", new Printer.Verbatim(0),
            "ltree", new Printer.Verbatim(1),
            "lquery", new Printer.Verbatim(1),
            "ltxtquery", new Printer.Verbatim(1),
            "hstore", Words::hstore);

    private final OwnTypes own;
    private final BuiltIn builtIn;

    /**
     * @param definitions the script that creates the database's own types, as pg_dump writes it
     * @param serverVersion of the server that the values came from, for instance 160003
     */
    public TypePrinters(String definitions, int serverVersion) {
        this.own = OwnTypes.read(definitions);
        this.builtIn = new BuiltIn(serverVersion);
    }

    /** Whether values of a type can be printed. */
    public boolean knows(String type) {
        return find(type).isPresent();
    }

    /**
     * The type that a domain is made over, through several; any other type itself, and for a range of numbers theirs.
     */
    public String base(String type) {
        String at = type;
        for (int depth = 0; depth < DEEPEST; depth++) {
            Optional<String> below = own.find(at).flatMap(TypePrinters::below);
            if (below.isEmpty()) {
                return at;
            }
            at = below.get();
        }
        return at;
    }

    private static Optional<String> below(OwnTypes.Type type) {
        return switch (type) {
            case OwnTypes.Domain domain -> Optional.of(domain.base());
            case OwnTypes.Range range -> Optional.of(range.bound());
            case OwnTypes.Ranges ranges -> Optional.of(ranges.bound());
            case OwnTypes.Labels labels -> Optional.empty();
            case OwnTypes.Unclear unclear -> Optional.empty();
        };
    }

    Optional<Printer> find(String type) {
        return find(type, 0);
    }

    private Optional<Printer> find(String type, int depth) {
        Optional<Printer> simple = builtIn.find(type);
        if (simple.isPresent() || depth > DEEPEST) {
            return simple;
        }
        Optional<OwnTypes.Type> found = own.find(type);
        if (found.isPresent()) {
            return switch (found.get()) {
                case OwnTypes.Labels labels -> Optional.of(new Printer.Verbatim(0));
                case OwnTypes.Domain domain -> find(domain.base(), depth + 1);
                case OwnTypes.Range range -> find(range.bound(), depth + 1).map(RangePrinter::new);
                case OwnTypes.Ranges ranges ->
                    find(ranges.bound(), depth + 1).map(bound -> new RangePrinter(bound).several());
                case OwnTypes.Unclear unclear -> Optional.empty();
            };
        }
        // What a database does not create itself belongs to an extension.
        return Optional.ofNullable(OF_EXTENSIONS.get(OwnTypes.lastName(type)));
    }
}
