#include "exchange/csv_values.hpp"

#include <string>
#include <utility>

#include <doctest.h>

namespace {

using namespace entente;
using namespace entente::exchange;

// "480", "1440e" for elapsed, "480?" for estimated, "-" for not understood.
std::string length(std::string_view text, bool hours = false) {
    const auto value = parse_duration(text, {480, hours});
    if (!value) return "-";
    return std::to_string(value->minutes) + (value->elapsed ? "e" : "") + (value->estimated ? "?" : "");
}

std::string date(std::string_view text, DateOrder order = DateOrder::DayFirst) {
    const auto value = parse_date(text, order);
    if (!value) return "-";
    return value->minute ? iso(at_minute(value->day, *value->minute)) : iso(value->day);
}

std::string links(std::string_view text) {
    const auto known = [](std::string_view ref) {
        return ref == "1" || ref == "2" || ref == "12" || ref == "A-3d" || ref == "E-12" || ref == "E" ||
               ref == "Picture lock";
    };
    constexpr const char* kKinds[] = {"FS", "SS", "FF", "SF"};
    constexpr const char* kUnits[] = {"m", "em", "%"};
    std::string out;
    for (const PredecessorRef& ref : parse_predecessors(text, {}, known)) {
        out += (out.empty() ? "" : " ") + ref.ref + kKinds[static_cast<int>(ref.kind)];
        if (ref.lag_minutes != 0)
            out += std::to_string(ref.lag_minutes) + kUnits[static_cast<int>(ref.lag_unit)];
        if (ref.bad_lag) out += "!";
    }
    return out;
}

}  // namespace

TEST_CASE("lengths as tables write them") {
    const std::pair<const char*, const char*> cases[] = {
        {"5", "2400"},
        {"5d", "2400"},
        {"5 days", "2400"},
        {"1 day", "480"},
        {"2.5d", "1200"},
        {"2,5 d", "1200"},
        {"0", "0"},
        {"0d", "0"},
        {"1w", "2400"},
        {"2 weeks", "4800"},
        {"4h", "240"},
        {"1.5 hrs", "90"},
        {"30 mins", "30"},
        {"45m", "45"},
        {"1 mo", "9600"},
        {"3ed", "4320e"},
        {"2 ewks", "20160e"},
        {"5 days?", "2400?"},
        {"1w 2d", "3360"},
        {"2d 4h", "1200"},
        {"3 diwrnod", "1440"},
        {"2 wythnos", "4800"},
        {" 7 ", "3360"},
        {"0.001d", "0"},
        {"0.1d", "48"},
        {"5\xC2\xA0"
         "days",
         "2400"},
        {"20000", "9600000"},
        {"", "-"},
        {"d", "-"},
        {"-3", "-"},
        {"3x", "-"},
        {"about 3", "-"},
        {"3d 4", "-"},
        {"1ed 2d", "-"},
        {"1e9", "-"},
        {"99999999999", "-"},
        {"100000d", "-"},
        {"1 2", "-"},
        {"?", "-"},
        {"=2+3", "-"},
        {"NaN", "-"},
        {"\xF0\x9F\x8E\xAC", "-"},
    };
    for (const auto& one : cases) {  // a structured binding cannot go into INFO's closure
        const char *text = one.first, *expected = one.second;
        INFO(text);
        CHECK(length(text) == expected);
    }
    CHECK(length("5", true) == "300");
    CHECK(length("5d", true) == "2400");
}

TEST_CASE("dates as tables write them") {
    const std::pair<const char*, const char*> cases[] = {
        {"2026-03-02", "2026-03-02"},
        {"2026-03-02T09:30", "2026-03-02T09:30"},
        {"2026-03-02 09:30:15", "2026-03-02T09:30"},
        {"2026/3/2", "2026-03-02"},
        {"2 Mar 2026", "2026-03-02"},
        {"2 March 2026", "2026-03-02"},
        {"02-Mar-26", "2026-03-02"},
        {"Mar 2, 2026", "2026-03-02"},
        {"Mon 2 March 2026", "2026-03-02"},
        {"2nd March 2026", "2026-03-02"},
        {"02/03/2026", "2026-03-02"},
        {"2.3.2026", "2026-03-02"},
        {"Mon 02/03/26", "2026-03-02"},
        {"02/03/26 5:00 PM", "2026-03-02T17:00"},
        {"02/03/2026 12:05 am", "2026-03-02T00:05"},
        {"03/14/2026", "2026-03-14"},
        {"2 Mawrth 2026", "2026-03-02"},
        {"Maw 3 Mawrth 2026", "2026-03-03"},
        {"1 Ion 2026", "2026-01-01"},
        {"30 Tachwedd 2026", "2026-11-30"},
        {"46083", "2026-03-02"},
        {"1 Jun 75", "1975-06-01"},
        {"29 Feb 2028", "2028-02-29"},
        {"29 Feb 2026", "-"},
        {"31/04/2026", "-"},
        {"2 Mar", "-"},
        {"soon", "-"},
        {"12", "-"},
        {"2026-13-01", "-"},
        {"1/2/3/4", "-"},
        {"2 Mar 2026 25:00", "-"},
        {"2 Mar 2026 9:7", "-"},
        {"2 Mar 2026 13:00 pm", "-"},
        {"2 Mar 2400", "-"},
        {"", "-"},
        {"99999999/1/1", "-"},
        {"Mar", "-"},
        {"2 Mar 2026 at ten", "-"},
        {"=TODAY()", "-"},
    };
    for (const auto& one : cases) {  // a structured binding cannot go into INFO's closure
        const char *text = one.first, *expected = one.second;
        INFO(text);
        CHECK(date(text) == expected);
    }
    CHECK(date("02/03/2026", DateOrder::MonthFirst) == "2026-02-03");
    CHECK(date("14/03/2026", DateOrder::MonthFirst) == "2026-03-14");
}

TEST_CASE("what a date proves of its order") {
    CHECK(date_evidence("14/03/2026") == DateEvidence::DayFirst);
    CHECK(date_evidence("03/14/2026") == DateEvidence::MonthFirst);
    CHECK(date_evidence("03/04/2026") == DateEvidence::Ambiguous);
    CHECK(date_evidence("Mon 03/04/26 9:00 AM") == DateEvidence::Ambiguous);
    CHECK(date_evidence("03/03/2026") == DateEvidence::Nothing);
    CHECK(date_evidence("2026-03-04") == DateEvidence::Nothing);
    CHECK(date_evidence("4 Mar 2026") == DateEvidence::Nothing);
    CHECK(date_evidence("no date") == DateEvidence::Nothing);
}

TEST_CASE("predecessors as tables write them") {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"12", "12FS"},
        {"12FS", "12FS"},
        {"12ss", "12SS"},
        {"12 FF", "12FF"},
        {"1;2", "1FS 2FS"},
        {"1,2", "1FS 2FS"},
        {"1; 2 ;", "1FS 2FS"},
        {"12FS+3d", "12FS1440m"},
        {"12FS + 3 days", "12FS1440m"},
        {"12SS-2 days", "12SS-960m"},
        {"12+1w", "12FS2400m"},
        {"12FF+50%", "12FF50%"},
        {"12SF-25 %", "12SF-25%"},
        {"12FS+2ed", "12FS2880em"},
        {"12FS+4h;1SS", "12FS240m 1SS"},
        {"12FS+2,5d;1", "12FS1200m 1FS"},
        {"#12", "12FS"},
        {"12FS+3", "12FS1440m"},
        {"99", "99FS"},
        {"99SS+1d", "99SS480m"},
        {"12FS+soon", "12FS!"},
        {"E-12", "E-12FS"},
        {"E-12FS", "E-12FS"},
        {"E-12FF-2d", "E-12FF-960m"},
        {"E-3d", "EFS-1440m"},
        {"E-12SS+1d", "E-12SS480m"},
        {"A-3d", "A-3dFS"},
        {"Picture lock", "Picture lockFS"},
        {"Picture lock FS+1d", "Picture lockFS480m"},
        {"1\n2", "1FS 2FS"},
        {"FS", "FSFS"},
    };
    for (const auto& one : cases) {  // a structured binding cannot go into INFO's closure
        const char *text = one.first, *expected = one.second;
        INFO(text);
        CHECK(links(text) == expected);
    }
}

TEST_CASE("flags and percentages") {
    for (const char* text : {"yes", "Y", " TRUE ", "1", "x", "ie", "\u2713"}) CHECK(parse_flag(text) == true);
    for (const char* text : {"no", "N", "false", "0", "-", "na"}) CHECK(parse_flag(text) == false);
    for (const char* text : {"", "maybe", "2", "Acme Ltd"}) CHECK_FALSE(parse_flag(text).has_value());
    CHECK(parse_client_word("Decision") == ClientWord::Decision);
    CHECK(parse_client_word("mewnbwn") == ClientWord::Input);
    CHECK(parse_client_word("ie") == ClientWord::Yes);
    CHECK_FALSE(parse_client_word("perhaps").has_value());
    CHECK(parse_percent("50%") == 50);
    CHECK(parse_percent("50 %") == 50);
    CHECK(parse_percent("100") == 100);
    CHECK(parse_percent("0.5") == 50);
    CHECK(parse_percent("1.0") == 100);
    CHECK(parse_percent("0,25") == 25);
    CHECK(parse_percent("33.3%") == 33);
    CHECK(parse_percent("1") == 1);
    for (const char* text : {"101", "-1", "half", "50%%", "", "%"})
        CHECK_FALSE(parse_percent(text).has_value());
}
