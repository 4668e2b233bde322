#include <doctest.h>

#include <limits>

#include "base/bytes.hpp"
#include "base/locale.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

using namespace entente;

namespace {
const Currency kGbp{{'G', 'B', 'P'}};
const Currency kJpy{{'J', 'P', 'Y'}};
}  // namespace

TEST_CASE("days: every day from 1970 to 2200 goes there and back") {
    YearMonthDay before{1969, 12, 31};
    for (Day day = kFirstDay; day <= kLastDay; day = day + 1) {
        const YearMonthDay date = year_month_day(day);
        const auto back = day_from(date.year, date.month, date.day);
        REQUIRE(back);
        REQUIRE(*back == day);
        const bool follows = (date.day == before.day + 1 && date.month == before.month && date.year == before.year) ||
                             (date.day == 1 && (date.month == before.month + 1 || (date.month == 1 && date.year == before.year + 1)));
        REQUIRE(follows);
        before = date;
    }
}

TEST_CASE("days: known dates and those that do not exist") {
    CHECK(day_from(1970, 1, 1)->n == 0);
    CHECK(day_from(2000, 2, 29)->n == 11016);
    CHECK(weekday(*day_from(2026, 3, 2)) == 0);
    CHECK(weekday(*day_from(2026, 7, 24)) == 4);
    CHECK_FALSE(day_from(2026, 2, 29));
    CHECK_FALSE(day_from(2100, 2, 29));
    CHECK_FALSE(day_from(1969, 12, 31));
    CHECK_FALSE(day_from(2200, 1, 2));
    CHECK(parse_iso_day("2026-03-02") == day_from(2026, 3, 2));
    for (const char* bad : {"2026-3-2", "2026-03-32", "02/03/2026", "2026-03-02x", "", "2026-13-01"}) CHECK_FALSE(parse_iso_day(bad));
    CHECK(iso(*parse_iso_minute("2026-03-02T09:05")) == "2026-03-02T09:05");
    CHECK(parse_iso_minute("2026-03-02T09:05:30") == parse_iso_minute("2026-03-02T09:05"));
    for (const char* bad : {"2026-03-02 09:05", "2026-03-02T25:00", "2026-03-02T09:60", "2026-03-02T24:01"})
        CHECK_FALSE(parse_iso_minute(bad));
}

TEST_CASE("money: checked, exact and rounded half away from zero") {
    CHECK(times_minutes(7500, 8 * 60) == 60000);
    CHECK(times_minutes(100, 1) == 2);      // 1.67
    CHECK(times_minutes(90, 1) == 2);       // 1.5
    CHECK(times_minutes(-90, 1) == -2);
    CHECK(times_basis_points(744000, 2000) == 148800);
    CHECK_FALSE(times_minutes(std::numeric_limits<std::int64_t>::max(), 120));
    CHECK_FALSE(checked_add(std::numeric_limits<std::int64_t>::max(), 1));
    CHECK(add(Money{1, kGbp}, Money{2, kGbp}) == Money{3, kGbp});
    CHECK_FALSE(add(Money{1, kGbp}, Money{2, kJpy}));
    CHECK_FALSE(subtract(Money{std::numeric_limits<std::int64_t>::min(), kGbp}, Money{1, kGbp}));
}

TEST_CASE("money: reading what a person types") {
    CHECK(parse_minor("1,240.50", kGbp) == 124050);
    CHECK(parse_minor("£1240.5", kGbp) == 124050);
    CHECK(parse_minor(" GBP 12 ", kGbp) == 1200);
    CHECK(parse_minor("-£3", kGbp) == -300);
    CHECK(parse_minor("1500", kJpy) == 1500);
    for (const char* bad : {"", "abc", "1.234", "1.", ".5", "12 34", "£", "1e5", "99999999999999999999"})
        CHECK_FALSE(parse_minor(bad, kGbp));
    CHECK_FALSE(parse_minor("1.5", kJpy));
    for (const std::int64_t minor : {0ll, 5ll, -5ll, 123456ll, -99ll}) {
        CHECK(parse_minor(plain_amount(Money{minor, kGbp}), kGbp) == minor);
    }
}

TEST_CASE("bytes: canonical forms only") {
    Writer writer;
    for (const std::uint64_t value : {0ull, 127ull, 128ull, 300ull, ~0ull}) writer.varint(value);
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1}, std::numeric_limits<std::int64_t>::min()})
        writer.zigzag(value);
    writer.text("Tŷ");
    Reader reader(writer.bytes());
    for (const std::uint64_t value : {0ull, 127ull, 128ull, 300ull, ~0ull}) CHECK(reader.varint() == value);
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1}, std::numeric_limits<std::int64_t>::min()})
        CHECK(reader.zigzag() == value);
    CHECK(reader.text(10) == "Tŷ");
    CHECK(reader.at_end());

    const Bytes too_long{0x80, 0x00};
    Reader strict(too_long);
    strict.varint();
    CHECK_FALSE(strict.ok());
    const Bytes overflow{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02};
    Reader wide(overflow);
    wide.varint();
    CHECK_FALSE(wide.ok());

    for (std::size_t size = 0; size < 9; ++size) {
        Bytes bytes;
        for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(37 * i + 201));
        CHECK(from_base64url(to_base64url(bytes)) == bytes);
        CHECK(from_hex(to_hex(bytes)) == bytes);
    }
    for (const char* bad : {"A", "AB=", "A+", "AB ", "AR"}) CHECK_FALSE(from_base64url(bad));
}

TEST_CASE("text: malformed, hidden and accented") {
    CHECK(valid_utf8("Tŷ £ 😀"));
    for (const char* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\x80"}) CHECK_FALSE(valid_utf8(bad));
    CHECK(clean_utf8(std::string("a\0b\x1B\u202Ec\nd", 10)) == "abc\nd");
    CHECK(clean_utf8("a\xFFz") == "a\uFFFDz");
    CHECK(fold("Tŷ Ŵyn ÉCLAIR") == "ty wyn eclair");
    CHECK(fold("ÀåÆç÷ÿĀĸŉŊŸŽžſẀẅẆỲỳỴ") == "aaÆc÷yaknnyzzſwwẆyyỴ");  // the ends of ranges, and what stands between them
    CHECK(fold("A\xC3") == "a\xC3");
    CHECK(truncate_utf8("aŷ", 2) == "a");
    CHECK(count_code_points("Tŷ") == 2);
    CHECK(split("a;;b", ';').size() == 3);
}

TEST_CASE("locale: English dates, money and lengths") {
    const Locale en;
    const Day day = *day_from(2026, 3, 3);
    CHECK(en.date(day) == "Tue 3 Mar 2026");
    CHECK(en.time(at_minute(day, 17 * 60)) == "Tue 3 Mar 2026 17:00");
    CHECK(en.money(Money{744000, kGbp}) == "£7,440.00");
    CHECK(en.money_short(Money{744000, kGbp}) == "£7,440");
    CHECK(en.money_short(Money{-744050, kGbp}) == "−£7,440.50");
    CHECK(en.duration(480, 480) == "1 day");
    CHECK(en.duration(720, 480) == "1.5 days");
    CHECK(en.duration(240, 480) == "4 hours");
    CHECK(en.relative(day, day) == "today");
    CHECK(en.relative(day + 1, day) == "tomorrow");
    CHECK(en.relative(day - 3, day) == "3 days ago");
    CHECK(en.relative(day + 35, day) == "in 5 weeks");
    CHECK(en.text(msg("Promised {0} for {1}", "A", day)) == "Promised A for Tue 3 Mar 2026");
    CHECK(en.text(msg("Made {0} longer by {1}", "A", msgn("{n} day", "{n} days", 2))) == "Made A longer by 2 days");
}

TEST_CASE("locale: Welsh has its own dates and six plural forms") {
    const Locale cy(Language::Welsh);
    CHECK(cy.date(*day_from(2026, 3, 3)) == "Maw 3 Maw 2026");
    const int expected[] = {0, 1, 2, 3, 5, 5, 4, 5};
    for (int n = 0; n < 8; ++n) CHECK(plural_form(Language::Welsh, n) == expected[n]);
    CHECK(cy.text(msg("a text that has no translation {0}", 3)) == "a text that has no translation 3");
}
