// Links of format version 1 that were made once and must open for ever. Files are only added, never changed: to add one, name it
// below and run this test with ENTENTE_ADD_GOLDEN=1.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest.h>

#include "fixture.hpp"
#include "share/fingerprint.hpp"

using namespace entente;
using namespace entente::share;

namespace {

struct Golden {
    const char* file;
    const char* document;
    int seed = 1;               // whose house
    std::uint64_t revision = 12;
    const char* issued = "2026-05-20T16:10";
    bool welsh = false;
    const char* passphrase = nullptr;
};

const Golden kGolden[] = {
    {"golden-1-feature", "feature"},
    {"golden-1-feature-older", "feature", 1, 11, "2026-05-13T09:30"},
    {"golden-1-feature-other-key", "feature", 2, 13, "2026-05-21T11:00"},
    {"golden-1-series", "series", 3, 4, "2026-10-07T18:05"},
    {"golden-1-welsh", "cymraeg", 4, 2, "2026-05-20T10:00", true},
    {"golden-1-passphrase", "commercial", 5, 1, "2026-02-17T12:00", false, "seven quiet lamps by the harbour"},
};

LinkOptions options_of(const Golden& golden, int number) {
    LinkOptions options = link_options(number);
    options.seed = link_options(100 + golden.seed).seed;
    options.info.share_id = (std::uint64_t{0xA1B2C3} << 40) | (golden.seed == 2 ? 1u : static_cast<unsigned>(golden.seed));
    options.info.revision = golden.revision;
    options.info.issued = *parse_iso_minute(golden.issued);
    options.info.expires = day_of(options.info.issued) + kValidDays;
    options.info.language = golden.welsh ? LinkLanguage::Welsh : LinkLanguage::English;
    if (golden.passphrase) options.passphrase = passphrase_key(golden.passphrase, options.key);
    options.info.publisher = publisher_of(options.seed);
    return options;
}

std::string path_of(const Golden& golden) { return std::string(ENTENTE_TEST_DATA) + "/share/" + golden.file + ".link"; }

std::string read_golden(const Golden& golden) {
    std::ifstream file(path_of(golden));
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("links of version 1 open for ever") {
    int number = 0;
    for (const Golden& golden : kGolden) {
        CAPTURE(golden.file);
        const LinkOptions options = options_of(golden, 1000 + ++number);
        const Status status = load_status(golden.document);
        std::string link = read_golden(golden);
        if (link.empty() && std::getenv("ENTENTE_ADD_GOLDEN")) {
            std::ofstream(path_of(golden)) << *make_link(status, options) << '\n';
            link = read_golden(golden);
        }
        REQUIRE(!link.empty());
        const auto opened = open_link(link, Day{20000}, options.passphrase);
        REQUIRE(opened);
        CHECK(opened->status == status);
        CHECK(opened->info == options.info);
    }
}

TEST_CASE("fingerprints stay what they are") {
    CHECK(fingerprint(PublisherKey{}) == "satin · chamber · pebble · teacup · bundle · wizard");
    CHECK(fingerprint(publisher_of(link_options(101).seed)) == "galleon · limpet · cloud · pitcher · marble · margin");
}
