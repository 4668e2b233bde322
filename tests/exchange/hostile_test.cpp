// Files made to hurt: each is refused in words, and what it costs to find out is bounded. Times are printed, never asserted.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <doctest.h>

#include "exchange/cut_file.hpp"
#include "exchange/import.hpp"
#include "exchange/mspdi_write.hpp"
#include "exchange/psplib.hpp"
#include "tests/exchange/memory_watch.hpp"
#include "tests/exchange/support.hpp"

using namespace entente;

namespace {

constexpr std::size_t kMebi = 1u << 20;
#if defined(__wasm__)
constexpr std::size_t kMostExtra = 80 * kMebi;  // the memory itself grows by a fifth more than is asked for
#else
constexpr std::size_t kMostExtra = 64 * kMebi;
#endif

// `piece` again and again between `head` and `tail`, `size` bytes of it.
std::string repeated(std::string_view head, std::string_view piece, std::string_view tail, std::size_t size) {
    std::string out;
    out.reserve(head.size() + size + piece.size() + tail.size());
    out = head;
    while (out.size() < size) out += piece;
    return out += tail;
}

std::string many_predecessors() {
    std::string out = "id,name,duration_days,predecessors\n", cell;
    for (int i = 1; i < 400; ++i) cell += std::to_string(i) + ";";
    out.reserve(30 * kMebi);
    for (int i = 1; i < 19'000; ++i) out += std::to_string(i) + ",T,1,\"" + cell + "\"\n";
    return out;
}

std::string utf16(std::string_view ascii, bool mark) {
    std::string out;
    out.reserve(2 * ascii.size() + 2);
    if (mark) out = "\xFF\xFE";
    for (const char c : ascii) out += c, out += '\0';
    return out;
}

struct Cost {
    std::size_t bytes = 0;
    double milliseconds = 0;
    ErrorCode code{};
    bool refused = false;
};

template <class Read>
Cost cost_of(const char* name, const std::string& file, const Read& read) {
    Cost cost;
    const test::MemoryWatch watch;
    const auto begun = std::chrono::steady_clock::now();
    {
        const auto answer = read(bytes_of(file));
        cost.refused = !answer.has_value();
        if (cost.refused) cost.code = answer.error().code;
        cost.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    }
    cost.bytes = watch.grown();
    std::printf("figure: hostile %s (%zu MiB): %.0f ms, %.1f MiB more\n", name, file.size() / kMebi, cost.milliseconds,
                static_cast<double>(cost.bytes) / kMebi);
    return cost;
}

Cost import_cost(const char* name, const std::string& file) {
    return cost_of(name, file,
                   [](ByteView bytes) { return exchange::import_file("x", bytes, test::options_from(), {}, test::counter()); });
}
Cost cut_cost(const char* name, const std::string& file) {
    return cost_of(name, file, [](ByteView bytes) { return exchange::read_cut(bytes); });
}

void check_refused(const Cost& cost) {
    CHECK(cost.refused);
    CHECK(cost.bytes < kMostExtra);
}

constexpr std::size_t kWhole = exchange::kMaxImportBytes - 4096;
const char* const kPlanXml = "<Project xmlns=\"http://schemas.microsoft.com/project\">";

}  // namespace

TEST_CASE("what a piece of work takes is counted at its worst, whatever was freed since and whoever asked for it") {
    if (!test::MemoryWatch::counts()) {
        MESSAGE("not here: the allocations are not ours to count");
        return;
    }
    const test::MemoryWatch watch;
    {
        const std::vector<char> large(8 * kMebi);
        void* small = std::calloc(1000, 1024);
        small = std::realloc(small, 2 * kMebi);
        CHECK(watch.grown() >= 10 * kMebi);
        std::free(small);
    }
    { const std::vector<char> again(4 * kMebi); }
    CHECK(watch.grown() >= 10 * kMebi);
    CHECK(watch.grown() < 11 * kMebi);
}

TEST_CASE("hostile tables are refused at a bounded cost") {
    check_refused(import_cost("table, 7,600,000 predecessors", many_predecessors()));
    // Nothing is in it: read, with the problem that it holds no tasks.
    CHECK(import_cost("table, rows of separators", repeated("id,name\n", std::string(200, ',') + "\n", "", kWhole)).bytes < kMostExtra);
    check_refused(import_cost("table, cells of a letter", repeated("id,name\n", repeated("a", ",a", "\n", 80), "", kWhole)));
    check_refused(import_cost("table, rows of a letter", repeated("id,name\n", "a\n", "", kWhole)));
    check_refused(import_cost("table, never closed", repeated("id,name\n1,\"", "a", "", kWhole)));
    check_refused(import_cost("table, Windows-1252 that grows", repeated("id,name\n1,", "\x80", "\n", kWhole)));
    check_refused(import_cost("table, UTF-16 that grows", "\xFF\xFE" + repeated("", "\x20\x40", "", kWhole)));
    const std::string long_notes = repeated("id,name,note\n", "1,a," + std::string(19'000, 'n') + "\n", "", kWhole - 20'000);
    CHECK(import_cost("table, a note of 20,000 in every row", long_notes).bytes < kMostExtra);
    check_refused(import_cost("table, circles", [] {
        std::string out = "id,name,duration_days,predecessors\n";
        for (int i = 1; i <= 49'000; i += 2)
            out += std::to_string(i) + ",a,1," + std::to_string(i + 1) + "\n" + std::to_string(i + 1) + ",b,1," + std::to_string(i) + "\n";
        return out;
    }()));
}

TEST_CASE("a plan of 10,000 tasks comes in, as a table and as Microsoft Project XML") {
    std::string table = "id,stage,name,owner,duration_days,predecessors,note\n";
    for (int i = 1; i <= 10'000; ++i) {
        const std::string before = i > 2 ? std::to_string(i - 1) + ";" + std::to_string(i - 2) + "SS+1d" : std::string();
        table += std::to_string(i) + ",Stage " + std::to_string(i / 100) + ",Task number " + std::to_string(i) +
                 " of the picture,Editor,2," + before + ",A note of some length about what has to be done here\n";
    }
    const auto read = exchange::import_file("x", bytes_of(table), test::options_from(), {}, test::counter());
    REQUIRE(read);
    CHECK(read->imported.project.tasks.size() == 10'000);
    CHECK(read->imported.project.links.size() == 2 * 9'998);
    const auto xml = exchange::plan_to_mspdi(read->imported.project, read->imported.new_roles);
    REQUIRE(xml);
    std::printf("figure: 10,000 tasks as XML: %.1f MiB, %lld elements\n", static_cast<double>(xml->xml.size()) / kMebi,
                static_cast<long long>(std::count(xml->xml.begin(), xml->xml.end(), '<')));
    const auto again = exchange::import_file("x", bytes_of(xml->xml), test::options_from(), {}, test::counter());
    REQUIRE(again);
    CHECK(again->imported.project.tasks.size() == 10'000);
    CHECK(again->imported.project.links.size() == 2 * 9'998);
}

TEST_CASE("hostile XML is refused at a bounded cost") {
    const auto attributes = [](std::size_t size) {
        std::string out = "<Project xmlns=\"http://schemas.microsoft.com/project\"";
        out.reserve(size + 100);
        for (int i = 0; out.size() < size; ++i) out += " a" + std::to_string(i) + "=''";
        return out + "></Project>";
    };
    check_refused(import_cost("XML, 2,500,000 attributes", attributes(29 * kMebi)));
    check_refused(import_cost("XML, elements of nothing", repeated(kPlanXml, "<a/>", "</Project>", kWhole)));
    check_refused(import_cost("XML, elements of a letter", repeated(kPlanXml, "<a>x</a>", "</Project>", kWhole)));
    // What is built of pointers takes twice as much where they are 64 bits wide; the program itself has 32.
    const Cost most = import_cost("XML, as many elements as may be", repeated(kPlanXml, "<a>x</a>", "</Project>", 8 * 1'190'000));
    CHECK(most.refused);
    CHECK(most.bytes < kMostExtra * sizeof(void*) / 4);
    check_refused(import_cost("XML, texts between comments", repeated(kPlanXml, "x<!---->", "</Project>", kWhole)));
    check_refused(import_cost("XML, CDATA of nothing", repeated(kPlanXml, "<![CDATA[]]>", "</Project>", kWhole)));
    check_refused(import_cost("XML, lines of nothing", repeated(kPlanXml, "\n", "</Project>", kWhole)));
    check_refused(import_cost("XML, of another kind", repeated("<projects>", "<project>x</project>", "</projects>", kWhole)));
    check_refused(import_cost("XML, UTF-16 without its mark", utf16(repeated(kPlanXml, "<a>x</a>", "</Project>", kWhole / 2), false)));
    check_refused(import_cost("XML, many documents", repeated("<?xml version=\"1.0\"?>", "<Project/>", "", kWhole)));
}

TEST_CASE("hostile timelines and lists are refused at a bounded cost") {
    const std::size_t most = exchange::kMaxCutBytes - 4096;
    check_refused(cut_cost("timeline, objects of nothing", repeated("[{}", ",{}", "]", most)));
    check_refused(cut_cost("timeline, objects of nothing in a member", repeated("{\"a\":[{}", ",{}", "]}", most)));
    check_refused(cut_cost("timeline, members of nothing", repeated("{\"a\":0", ",\"a\":0", "}", most)));
    const std::string values = repeated("{\"OTIO_SCHEMA\":\"Timeline.1\",\"a\":[0", ",0", "]}", 2 * 1'240'000);
    check_refused(cut_cost("timeline, as many values as may be", values));
    check_refused(cut_cost("timeline, one long text", repeated("{\"a\":\"", "x", "\"}", most)));
    check_refused(cut_cost("timeline, texts", repeated("{\"a\":[\"\"", ",\"twenty letters of it\"", "]}", most)));
    check_refused(cut_cost("timeline, what is passed over", repeated("{\"b\":{\"metadata\":{\"a\":[{}", ",{}", "]}}}", most)));
    check_refused(cut_cost("timeline, never closed", repeated("{\"a\":[", "0,", "", most)));
    check_refused(cut_cost("list, lines of nothing", repeated("TITLE: a\n", "x\n", "", most)));
    check_refused(cut_cost("list, Windows-1252 that grows", repeated("TITLE: a\n", "\x80\x80\x80\x80\n", "", most)));
}

TEST_CASE("hostile lists of events are read as far as can be, at a bounded cost") {
    const std::size_t most = exchange::kMaxCutBytes - 4096;
    const char* const event = "1 A V C 0:0:0:0 0:0:0:1 0:0:0:0 0:0:0:1\n";
    for (const auto& [name, more] : {std::pair("list, events", ""), std::pair("list, names of one event", "*FROM CLIP NAME: a\n"),
                                     std::pair("list, speeds of one event", "M2 A 25.0 0:0:0:0\n")}) {
        CHECK(cut_cost(name, repeated("TITLE: a\n", std::string(event) + more, "", most)).bytes < kMostExtra);
    }
}

TEST_CASE("hostile networks are refused at a bounded cost") {
    const auto network_cost = [](const char* name, const std::string& file) {
        return cost_of(name, file, [](ByteView bytes) -> Result<exchange::ImportedFile> {
            if (!exchange::is_network(bytes)) return fail(ErrorCode::Unsupported, msg("The file is empty."));
            auto network = exchange::read_network(bytes);
            if (!network) return tl::unexpected<Error>(network.error());
            return exchange::import_file("x", bytes_of(network->table), test::options_from(), {}, test::counter());
        });
    };
    check_refused(network_cost("network, numbers", repeated("30000 1\n1\n", "1 1 1 2 ", "\n", kWhole)));
    check_refused(network_cost("network, successors", repeated("3 0\n\n0 4000000 ", "2 ", "\n", kWhole)));
}
