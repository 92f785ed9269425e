package dev.pgkeep.format.manifest;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import io.avaje.jsonb.Jsonb;

/** A kind is its word in JSON. */
@CustomAdapter
public final class KindAdapter implements JsonAdapter<Kind> {
    /** Created by the generated code, which hands its own instance in. */
    public KindAdapter(Jsonb jsonb) {}

    @Override
    public void toJson(JsonWriter writer, Kind kind) {
        writer.value(kind.word());
    }

    @Override
    public Kind fromJson(JsonReader reader) {
        return Kind.of(reader.readString());
    }
}
