// How long a link becomes for the status that a client meeting needs: 12 milestones, 15 tasks, 8 decisions, 6 changes, 10 actions,
// 5 risks with real sentences. It has to fit 2,000 characters, for documents whose words the dictionary was not made from.
#include <algorithm>
#include <cctype>
#include <string>

#include <doctest.h>
#include <sodium.h>
#include <zlib.h>

#include "base/bytes.hpp"
#include "fixture.hpp"
#include "share/deflate.hpp"
#include "share/document.hpp"

using namespace entente;
using namespace entente::share;

namespace {

// What gzip -9 and base64url make of the JSON: the figure to compare with.
std::size_t gzip_chars(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    Bytes out(deflateBound(&stream, static_cast<uLong>(text.size())) + 32);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    return to_base64url(out).size();
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

}  // namespace

TEST_CASE("a meeting's status makes a link of at most 2,000 characters") {
    for (const std::string& name : kMeasured) {
        const Status status = load_status(name);
        REQUIRE(status.milestones.size() == 12);
        REQUIRE(status.tasks.size() == 15);
        REQUIRE(status.needs.size() == 8);
        REQUIRE(status.changes.size() == 6);
        REQUIRE(status.actions.size() == 10);
        REQUIRE(status.risks.size() == 5);
        const std::string json = to_json(status);
        const auto link = make_link(status, link_options());
        REQUIRE(link);
        const Document document = encode_document(status, day_of(link_options().info.issued));
        const Bytes packed = compress(document.texts, dictionary_1(), kMaxRatio);
        MESSAGE(name << ": JSON " << json.size() << " bytes, gzip of it " << gzip_chars(json) << " characters; columns "
                     << document.columns.size() << " bytes, texts " << document.texts.size() << " -> " << packed.size()
                     << " bytes; link " << link->size() << " characters");
        CHECK(json.size() >= 5600);
        CHECK(link->size() <= 2000);
    }
}

TEST_CASE("the dictionary holds no sentence of the measured documents") {
    const std::string dictionary = lower(std::string(dictionary_1()));
    for (const std::string& name : kMeasured) {
        const Document document = encode_document(load_status(name), Day{20000});
        std::string lines = lower(document.texts);
        for (std::size_t at = 0; at < lines.size();) {
            const std::size_t end = lines.find('\n', at);
            const std::string line = lines.substr(at, end - at);
            at = end + 1;
            if (std::count(line.begin(), line.end(), ' ') >= 3) {
                CHECK_MESSAGE(dictionary.find(line) == std::string::npos, line);
            }
        }
    }
}
