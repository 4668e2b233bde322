#include "codec/plain_json.hpp"

#include "codec/plain_archive.hpp"

namespace entente::codec {

std::string to_plain_json(const PlainWorkspace& workspace) {
    JsonWriter json;
    PlainArchive archive(json);
    json.begin_object();
    json.text("format", "entente-export");
    json.number("version", 1);
    json.text("made", iso(workspace.made));
    json.number("sequence", static_cast<std::int64_t>(workspace.sequence));
    if (workspace.changed_utc_ms != 0) json.text("changed", iso(Instant{workspace.changed_utc_ms}));
    else json.null("changed");
    archive.write("house", workspace.model.house);
    archive.write("projects", workspace.model.projects);
    json.begin_array("record");
    for (const RecordRow& row : workspace.record) {
        json.begin_object();
        json.number("sequence", static_cast<std::int64_t>(row.sequence));
        json.text("at", iso(Instant{row.utc_ms}));
        archive.write("device", row.device);
        json.text("kind", kWords<EntryKind>[static_cast<std::size_t>(row.kind)]);
        json.number("of_sequence", static_cast<std::int64_t>(row.of_sequence));
        json.text("what", row.what);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return json.take();
}

}  // namespace entente::codec
