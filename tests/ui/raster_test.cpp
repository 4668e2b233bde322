// Painting without a graphics card: what Dear ImGui's lists ask for, pixel by pixel.
#include "ui/raster.hpp"

#include <doctest.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <functional>

#include "sheet.hpp"
#include "ui/views/bars.hpp"

namespace entente::ui {
namespace {

constexpr int kWidth = 64, kHeight = 48;
constexpr std::uint32_t kGround = IM_COL32(10, 20, 30, 255);

// A frame of Dear ImGui with one window's list, painted.
class Paper {
public:
    void draw(const std::function<void(ImDrawList&)>& what) {
        const ImDrawData& data = sheet_.frame(what);
        raster_.draw(data, sheet_.atlas(), kWidth, {0, 0, kWidth, kHeight}, kGround);
        // Strip by strip it is the same picture.
        Raster strips;
        for (int top = 0; top < kHeight; top += 7) {
            const int bottom = std::min(top + 7, kHeight);
            strips.draw(data, sheet_.atlas(), kWidth, {0, top, kWidth, bottom}, kGround);
            CHECK(std::equal(strips.pixels().begin(), strips.pixels().end(), raster_.pixels().begin() + top * kWidth));
            strips.draw(data, sheet_.atlas(), kWidth, {11, top, 40, bottom}, kGround);
            for (int y = top; y < bottom; ++y) {
                const auto row = strips.pixels().begin() + (y - top) * kWidth;
                CHECK(std::equal(row + 11, row + 40, raster_.pixels().begin() + y * kWidth + 11));
            }
        }
    }
    std::uint32_t at(int x, int y) const { return raster_.pixels()[static_cast<std::size_t>(y * kWidth + x)]; }
    int count(std::uint32_t colour) const {
        int n = 0;
        for (const std::uint32_t pixel : raster_.pixels()) n += pixel == colour ? 1 : 0;
        return n;
    }
    // Pixels that are not the background.
    int touched() const { return kWidth * kHeight - count(kGround); }

private:
    Sheet sheet_{kWidth, kHeight};
    Raster raster_;
};

TEST_CASE("an empty frame is the background, opaque") {
    Paper paper;
    paper.draw([](ImDrawList&) {});
    CHECK(paper.count(kGround) == kWidth * kHeight);
}

TEST_CASE("a fill covers exactly its pixels, inside its clip and the window") {
    Paper paper;
    const std::uint32_t red = IM_COL32(200, 0, 0, 255);
    paper.draw([&](ImDrawList& list) { list.AddRectFilled(ImVec2(4, 5), ImVec2(14, 9), red); });
    CHECK(paper.count(red) == 40);
    CHECK(paper.at(4, 5) == red);
    CHECK(paper.at(13, 8) == red);
    CHECK(paper.at(14, 8) == kGround);
    paper.draw([&](ImDrawList& list) {
        list.PushClipRect(ImVec2(0, 0), ImVec2(8, 48));
        list.AddRectFilled(ImVec2(-20, -20), ImVec2(500, 2), red);
        list.PopClipRect();
    });
    CHECK(paper.count(red) == 16);
}

TEST_CASE("what is half transparent lets half of what lies under it through") {
    Paper paper;
    paper.draw([&](ImDrawList& list) { list.AddRectFilled(ImVec2(0, 0), ImVec2(10, 10), IM_COL32(210, 120, 30, 128)); });
    const std::uint32_t mixed = paper.at(5, 5);
    CHECK(static_cast<int>(mixed & 0xFF) == doctest::Approx(110).epsilon(0.02));
    CHECK(static_cast<int>((mixed >> 8) & 0xFF) == doctest::Approx(70).epsilon(0.03));
    CHECK(static_cast<int>((mixed >> 16) & 0xFF) == 30);
    CHECK((mixed >> 24) == 255);
}

TEST_CASE("triangles that share an edge neither overlap nor leave a gap") {
    Paper paper;
    const std::uint32_t glass = IM_COL32(250, 250, 250, 100);
    paper.draw([&](ImDrawList& list) {
        list.Flags = ImDrawListFlags_None;
        const std::array<ImVec2, 5> points = {ImVec2(3.3f, 4.1f), ImVec2(40.7f, 2.2f), ImVec2(55.5f, 30.9f), ImVec2(20.2f, 44.4f),
                                              ImVec2(5.1f, 30.3f)};
        list.AddConvexPolyFilled(points.data(), static_cast<int>(points.size()), glass);
    });
    const std::uint32_t inside = paper.at(25, 20);
    CHECK(inside != kGround);
    CHECK(paper.count(inside) == paper.touched());
}

TEST_CASE("text is the atlas, texel by texel") {
    Paper paper;
    const std::uint32_t white = IM_COL32(255, 255, 255, 255);
    paper.draw([&](ImDrawList& list) { list.AddText(ImVec2(2, 3), white, "Ab"); });
    const ImFontGlyph* glyph = ImGui::GetFont()->FindGlyph('A');
    REQUIRE(glyph);
    const RasterAtlas atlas = built_atlas();
    int compared = 0;
    for (int y = 0; y < static_cast<int>(glyph->Y1 - glyph->Y0); ++y) {
        for (int x = 0; x < static_cast<int>(glyph->X1 - glyph->X0); ++x) {
            const int u = static_cast<int>(glyph->U0 * static_cast<float>(atlas.width) + 0.5f) + x;
            const int v = static_cast<int>(glyph->V0 * static_cast<float>(atlas.height) + 0.5f) + y;
            const bool set = atlas.alpha[v * atlas.width + u] == 255;
            const std::uint32_t pixel = paper.at(2 + static_cast<int>(glyph->X0) + x, 3 + static_cast<int>(glyph->Y0) + y);
            CHECK((pixel == white) == set);
            ++compared;
        }
    }
    CHECK(compared > 20);
}

TEST_CASE("a line's soft edge lies between its colour and the background") {
    Paper paper;
    const std::uint32_t white = IM_COL32(255, 255, 255, 255);
    paper.draw([&](ImDrawList& list) { list.AddLine(ImVec2(5, 5), ImVec2(50, 37), white, 3.0f); });
    CHECK(paper.at(27, 20) == white);
    const int soft = paper.touched() - paper.count(white);
    CHECK(soft > 40);
    CHECK(paper.touched() < 400);
}

TEST_CASE("a bar has round ends, and its done part another colour") {
    Paper paper;
    const std::uint32_t plan = IM_COL32(0, 100, 200, 255), done = IM_COL32(0, 200, 100, 255);
    BarBatch bars;
    bars.add({10, 10, 50, 22, 3, 0.5f, plan, done});
    paper.draw([&](ImDrawList& list) { bars.draw(&list); });
    CHECK(paper.at(15, 16) == done);
    CHECK(paper.at(29, 16) == done);
    CHECK(paper.at(30, 16) == plan);
    CHECK(paper.at(45, 10) == plan);
    CHECK(paper.at(10, 10) != done);   // the corner is rounded off
    CHECK(paper.at(9, 16) == kGround);
    CHECK(paper.at(50, 16) == kGround);
    CHECK(paper.at(30, 22) == kGround);
    CHECK(paper.count(done) + paper.count(plan) > 40 * 12 - 24);
}

TEST_CASE("bars outside the window, of no size or of no colour do nothing") {
    Paper paper;
    BarBatch bars;
    bars.add({-500, 10, -100, 22, 3, 0, IM_COL32(255, 0, 0, 255), 0});
    bars.add({10, 500, 90, 512, 3, 0, IM_COL32(255, 0, 0, 255), 0});
    bars.add({10, 10, 40, 22, 3, 0.3f, 0, 0});
    paper.draw([&](ImDrawList& list) { bars.draw(&list); });
    CHECK(paper.touched() == 0);
}

}  // namespace
}  // namespace entente::ui
