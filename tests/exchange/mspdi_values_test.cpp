// The smallest parts of reading Microsoft Project XML: numbers, lengths, times.
#include <doctest.h>

#include "exchange/xml_file.hpp"

using namespace entente;
using namespace entente::exchange;

TEST_CASE("mspdi: numbers and lengths are read exactly or not at all") {
    CHECK(parse_scaled("12.5", 2) == 1250);
    CHECK(parse_scaled("-0.005", 2) == -1);
    CHECK(parse_scaled(".5", 0) == 1);
    CHECK(parse_scaled("7", 3) == 7000);
    for (const char* bad : {"", "-", ".", "1e3", "1,5", "12 ", "99999999999999999999"})
        CHECK_FALSE(parse_scaled(bad, 2).has_value());
    CHECK(parse_xml_seconds("PT8H30M0S") == 30600);
    CHECK(parse_xml_seconds("P1DT2H") == 93600);
    CHECK(parse_xml_seconds("PT24000H0M0S") == 86'400'000);
    CHECK(parse_xml_seconds("P0Y0M0DT1H") == 3600);
    CHECK(parse_xml_seconds("PT0.5H") == 1800);
    for (const char* bad : {"", "8h", "P1Y", "PT8", "PTXH", "PT99999999999999999H"})
        CHECK_FALSE(parse_xml_seconds(bad).has_value());
    CHECK(iso(*parse_xml_time("2026-03-02T08:00:59.5+01:00")) == "2026-03-02T08:00");
    CHECK(iso(*parse_xml_time("2026-03-02")) == "2026-03-02T00:00");
    CHECK_FALSE(parse_xml_time("NA").has_value());
    CHECK_FALSE(parse_xml_time("2026-13-02T08:00:00").has_value());
}
