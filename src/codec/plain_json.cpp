#include "codec/plain_json.hpp"

#include "base/json_writer.hpp"
#include "codec/plain_sink.hpp"

namespace entente::codec {

namespace {

class JsonSink : public PlainSink {
public:
    explicit JsonSink(JsonWriter& json) : json_(json) {}
    void begin_object(std::string_view key) override { json_.begin_object(key); }
    void end_object() override { json_.end_object(); }
    void begin_array(std::string_view key) override { json_.begin_array(key); }
    void end_array() override { json_.end_array(); }
    void text(std::string_view key, std::string_view value) override { json_.text(key, value); }
    void number(std::string_view key, std::int64_t value) override { json_.number(key, value); }
    void boolean(std::string_view key, bool value) override { json_.boolean(key, value); }
    void null(std::string_view key) override { json_.null(key); }
    void id(std::string_view key, std::uint64_t value) override {
        if (value != 0) {
            json_.text(key, id_text(value));
        } else {
            json_.null(key);
        }
    }

private:
    JsonWriter& json_;
};

}  // namespace

std::string to_plain_json(const PlainWorkspace& workspace) {
    JsonWriter json;
    JsonSink sink(json);
    json.begin_object();
    json.text("format", "entente-export");
    json.number("version", 1);
    json.text("made", iso(workspace.made));
    json.number("sequence", static_cast<std::int64_t>(workspace.sequence));
    if (workspace.changed_utc_ms != 0) {
        json.text("changed", iso(Instant{workspace.changed_utc_ms}));
    } else {
        json.null("changed");
    }
    tell(sink, "house", workspace.model.house);
    json.begin_array("projects");
    for (const plan::Project& project : workspace.model.projects) tell(sink, {}, project);
    json.end_array();
    json.begin_array("record");
    for (const RecordRow& row : workspace.record) {
        json.begin_object();
        json.number("sequence", static_cast<std::int64_t>(row.sequence));
        json.text("at", iso(Instant{row.utc_ms}));
        sink.id("device", row.device.n);
        json.text("kind", word_of(row.kind));
        json.number("of_sequence", static_cast<std::int64_t>(row.of_sequence));
        json.text("what", row.what);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return json.take();
}

}  // namespace entente::codec
