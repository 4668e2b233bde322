#include "platform/web/ports_web.hpp"

#include <algorithm>

#include "platform/web/js.hpp"

namespace entente::platform {

Instant WebClock::now() { return Instant{static_cast<std::int64_t>(entente_js_now())}; }

int WebClock::offset_minutes(Instant at) { return entente_js_offset_minutes(static_cast<double>(at.utc_ms)); }

void WebRandom::fill(std::span<std::uint8_t> out) { entente_js_random(out.data(), static_cast<int>(out.size())); }

std::optional<std::string> WebWitness::get() {
    char* value = entente_js_witness_get(key_.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(take_text(value));
}

void WebWitness::set(const std::string& value) { entente_js_witness_set(key_.c_str(), value.c_str()); }

void WebWorker::run(Bytes request, Callback<Bytes> done) {
    const int ticket = expect_answer([done = std::move(done)](Answer answer, Bytes bytes, const std::string& text) {
        if (answer == Answer::Ok) {
            done(std::move(bytes));
        } else {
            done(fail(ErrorCode::Unsupported, msg("The background worker stopped before it was done."), text,
                      msg("Close other tabs to free memory, then try again.")));
        }
    });
    entente_js_worker(request.data(), static_cast<int>(request.size()), ticket);
    std::fill(request.begin(), request.end(), std::uint8_t{0});  // a passphrase may be in it
}

void WebFiles::pick(std::string accept, std::uint64_t max_bytes, Callback<PickedFile> done) {
    const int ticket = expect_answer([done = std::move(done), max_bytes](Answer answer, Bytes bytes, std::string name) {
        if (answer == Answer::Ok) {
            done(PickedFile{std::move(name), std::move(bytes)});
        } else if (answer == Answer::Cancelled) {
            done(fail(ErrorCode::Cancelled, msg("No file was chosen.")));
        } else if (answer == Answer::TooLarge) {
            done(fail(ErrorCode::TooLarge, msg("This file is larger than the {0} MB that can be read.",
                                               static_cast<std::int64_t>(max_bytes / (1024 * 1024))),
                      std::move(name), msg("Export only the schedule, without attachments, and try again.")));
        } else {
            done(fail(ErrorCode::BadInput, msg("The browser could not read this file."), std::move(name),
                      msg("Check that the file still exists and is not open elsewhere.")));
        }
    });
    entente_js_pick(accept.c_str(), static_cast<double>(max_bytes), ticket);
}

void WebFiles::save(std::string name, std::string mime, Bytes bytes) {
    entente_js_save(name.c_str(), mime.c_str(), bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace entente::platform
