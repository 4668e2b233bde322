// What a frame changes of the one before: no less than what is different, and not the whole list for a line in it.
#include "ui/frame_change.hpp"

#include <doctest.h>
#include <imgui.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "sheet.hpp"
#include "ui/raster.hpp"
#include "ui/views/bars.hpp"

namespace entente::ui {
namespace {

constexpr int kWidth = 200, kHeight = 100;
constexpr std::uint32_t kGround = IM_COL32(10, 20, 30, 255);

class Frames {
public:
    // Draws a frame and paints what changed over what was there; the result must be the frame painted whole. Answers with what lies
    // around all of it.
    PixelRect draw(const std::function<void(ImDrawList&)>& what, std::uint32_t ground = kGround) {
        const ImDrawData& data = sheet_.frame(what);
        const std::vector<PixelRect>& parts = change_.update(data, kWidth, kHeight, ground);
        Raster whole, piece;
        whole.draw(data, sheet_.atlas(), kWidth, {0, 0, kWidth, kHeight}, ground);
        PixelRect all;
        pixels_ = 0;
        for (const PixelRect& part : parts) {
            piece.draw(data, sheet_.atlas(), kWidth, part, ground);
            for (int y = part.y0; y < part.y1; ++y) {
                for (int x = part.x0; x < part.x1; ++x) kept_[place(x, y)] = piece.pixels()[place(x, y - part.y0)];
            }
            const bool first = all.is_empty();
            CHECK((first || part.y0 >= all.y1));
            pixels_ += (part.x1 - part.x0) * (part.y1 - part.y0);
            if (first) all = part;
            all = {std::min(all.x0, part.x0), std::min(all.y0, part.y0), std::max(all.x1, part.x1), std::max(all.y1, part.y1)};
        }
        CHECK(kept_ == whole.pixels());
        return all;
    }
    int pixels() const { return pixels_; }  // that the last draw() painted
    FrameChange& change() { return change_; }

private:
    static std::size_t place(int x, int y) { return static_cast<std::size_t>(y * kWidth + x); }
    Sheet sheet_{kWidth, kHeight};
    FrameChange change_{10};
    int pixels_ = 0;
    std::vector<std::uint32_t> kept_ = std::vector<std::uint32_t>(static_cast<std::size_t>(kWidth * kHeight));
};

void box_at(ImDrawList& list, PixelRect clip, float y, std::uint32_t colour) {
    list.PushClipRect(ImVec2(static_cast<float>(clip.x0), static_cast<float>(clip.y0)),
                      ImVec2(static_cast<float>(clip.x1), static_cast<float>(clip.y1)));
    list.AddRectFilled(ImVec2(0, y), ImVec2(kWidth, y + 7), colour);
    list.PopClipRect();
}

// The same numbers in every run.
struct Below {
    std::uint32_t seed;
    std::uint32_t operator()(std::uint32_t limit) {
        seed = seed * 1664525u + 1013904223u;
        return (seed >> 8) % limit;
    }
};

constexpr PixelRect kRail{0, 0, 40, kHeight}, kList{40, 20, kWidth, 90}, kFoot{0, 90, kWidth, kHeight};

// A rail, a list that is scrolled, and a foot.
std::function<void(ImDrawList&)> page(float scrolled, std::uint32_t foot = IM_COL32_WHITE) {
    return [=](ImDrawList& list) {
        box_at(list, kRail, 10, IM_COL32(200, 0, 0, 255));
        box_at(list, kList, 30 + scrolled, IM_COL32(0, 200, 0, 255));
        box_at(list, kFoot, 92, foot);
    };
}

}  // namespace

TEST_CASE("the first frame is all new, the same frame again is nothing, scrolling is the list") {
    Frames frames;
    CHECK(frames.draw(page(0)) == PixelRect{0, 0, kWidth, kHeight});
    CHECK(frames.draw(page(0)).is_empty());
    CHECK(frames.draw(page(5)) == PixelRect{40, 29, kWidth, 43});  // the line, where it was and where it is
    CHECK(frames.draw(page(5), IM_COL32(1, 1, 1, 255)) == PixelRect{0, 0, kWidth, kHeight});
    frames.change().forget();
    CHECK(frames.draw(page(5), IM_COL32(1, 1, 1, 255)) == PixelRect{0, 0, kWidth, kHeight});
}

TEST_CASE("what is added or goes away is drawn where it is and where it was") {
    Frames frames;
    frames.draw(page(0));
    const PixelRect tip{60, 30, 120, 50};
    const auto with_tip = [&](ImDrawList& list) {
        page(0)(list);
        box_at(list, tip, 35, IM_COL32(0, 0, 200, 255));
    };
    CHECK(frames.draw(with_tip) == tip);
    CHECK(frames.draw(page(0)) == tip);
    // Two places at once: each as wide as it is.
    CHECK(frames.draw(page(3, IM_COL32(9, 9, 9, 255))) == PixelRect{0, 29, kWidth, kHeight});
    CHECK(frames.pixels() == 160 * 12 + kWidth * 9);
}

TEST_CASE("what stands between two changes is not drawn") {
    Frames frames;
    const auto boxes = [](std::uint32_t top, std::uint32_t bottom, bool extra) {
        return [=](ImDrawList& list) {
            box_at(list, {0, 0, 60, 20}, 3, top);
            if (extra) box_at(list, {90, 0, 120, 10}, 2, top);
            box_at(list, {0, 30, kWidth, 60}, 40, IM_COL32(0, 99, 0, 255));
            box_at(list, {100, 70, 130, 90}, 75, bottom);
        };
    };
    frames.draw(boxes(IM_COL32(1, 2, 3, 255), IM_COL32(4, 5, 6, 255), false));
    frames.draw(boxes(IM_COL32(7, 2, 3, 255), IM_COL32(9, 5, 6, 255), false));
    CHECK(frames.pixels() == 60 * 9 + 30 * 9);
    frames.draw(boxes(IM_COL32(7, 2, 3, 255), IM_COL32(1, 1, 1, 255), true));
    CHECK(frames.pixels() == 30 * 10 + 30 * 9);
    frames.draw(boxes(IM_COL32(7, 2, 3, 255), IM_COL32(1, 1, 1, 255), false));
    CHECK(frames.pixels() == 30 * 10);
}

TEST_CASE("random commands that come, go and change places: what is painted is the picture") {
    Frames frames;
    Below below{7};
    struct Box {
        PixelRect clip;
        float y;
        std::uint32_t colour;
    };
    std::vector<Box> boxes;
    for (int step = 0; step < 300; ++step) {
        const std::uint32_t what = below(4), at = boxes.empty() ? 0 : below(static_cast<std::uint32_t>(boxes.size()));
        if (boxes.size() < 3 || (what == 0 && boxes.size() < 60)) {
            const int x = static_cast<int>(below(kWidth - 20)), y = static_cast<int>(below(kHeight - 10));
            const PixelRect clip{x, y, x + 5 + static_cast<int>(below(100)), y + 3 + static_cast<int>(below(40))};
            boxes.insert(boxes.begin() + at, {clip, static_cast<float>(y), below(0xFFFFFF) | 0xFF000000u});
        } else if (what == 1) {
            boxes.erase(boxes.begin() + at);
        } else if (what == 2) {
            boxes[at].colour = below(0xFFFFFF) | 0xFF000000u;
        } else {
            std::swap(boxes[at], boxes[below(static_cast<std::uint32_t>(boxes.size()))]);
        }
        frames.draw([&boxes](ImDrawList& list) {
            for (const Box& one : boxes) box_at(list, one.clip, one.y, one.colour);
        });
    }
}

TEST_CASE("random shapes in one command: what is painted is the picture") {
    Frames frames;
    Below below{11};
    struct Shape {
        std::uint32_t kind;
        float x, y, size;
        std::uint32_t colour;
    };
    std::vector<Shape> shapes;
    BarBatch bars;
    for (int step = 0; step < 400; ++step) {
        for (std::uint32_t edits = 1 + below(3); edits > 0; --edits) {
            const std::uint32_t at = shapes.empty() ? 0 : below(static_cast<std::uint32_t>(shapes.size()));
            const Shape made{below(4), static_cast<float>(below(1800)) / 10, static_cast<float>(below(900)) / 10,
                             3 + static_cast<float>(below(300)) / 10, below(0xFFFFFF) | (below(2) ? 0xFF000000u : 0x80000000u)};
            if (shapes.size() < 30 || (below(3) == 0 && shapes.size() < 90)) shapes.insert(shapes.begin() + at, made);
            else if (below(3) == 0) shapes.erase(shapes.begin() + at);
            else shapes[at] = made;
        }
        if (below(12) == 0) std::rotate(shapes.begin(), shapes.begin() + 7, shapes.end());
        frames.draw([&](ImDrawList& list) {
            list.PushClipRect(ImVec2(10, 5), ImVec2(190, 90));
            bars.clear();
            for (const Shape& one : shapes) {
                const ImVec2 from(one.x, one.y), to(one.x + one.size * 2, one.y + one.size);
                if (one.kind == 0) list.AddRectFilled(from, to, one.colour);
                if (one.kind == 1) list.AddText(from, one.colour, "Picture lock");
                if (one.kind == 2) list.AddTriangleFilled(from, to, ImVec2(one.x, one.y + one.size), one.colour);
                if (one.kind == 3) bars.add({from.x, from.y, to.x, to.y, 3, 0.4f, one.colour, ~one.colour | 0xFF000000u});
            }
            bars.draw(&list);
            list.PopClipRect();
        });
    }
}

TEST_CASE("within a command only what is another is drawn: a word, a bar") {
    Frames frames;
    BarBatch bars;
    const auto rows = [&bars](const char* word, float length) {
        return [&bars, word, length](ImDrawList& list) {
            list.PushClipRect(ImVec2(0, 0), ImVec2(kWidth, kHeight));
            for (int row = 0; row < 9; ++row) {
                const float y = 10.0f * static_cast<float>(row);
                list.AddRectFilled(ImVec2(0, y), ImVec2(kWidth, y + 1), IM_COL32(50, 50, 50, 255));
                list.AddText(ImVec2(4, y), IM_COL32_WHITE, row == 3 ? word : "same");
            }
            bars.clear();
            for (int row = 0; row < 9; ++row) {
                const float y = 10.0f * static_cast<float>(row), more = row == 5 ? length : 0;
                bars.add({60, y + 2, 90 + more, y + 8, 2, 0.3f, IM_COL32(200, 100, 0, 255), IM_COL32(250, 150, 0, 255)});
            }
            bars.draw(&list);
            list.PopClipRect();
        };
    };
    frames.draw(rows("eight", 0));
    const PixelRect word = frames.draw(rows("night", 0));
    CHECK(word.y0 >= 28);
    CHECK(word.y1 <= 46);
    CHECK(word.x1 <= 60);
    const PixelRect longer = frames.draw(rows("night and day", 0));  // more letters than before
    CHECK(longer.y0 >= 28);
    CHECK(longer.y1 <= 46);
    const PixelRect bar = frames.draw(rows("night and day", 30));
    CHECK(bar.y0 >= 50);
    CHECK(bar.y1 <= 60);
    CHECK(frames.draw(rows("night and day", 30)).is_empty());
}

TEST_CASE("a longer command before does not make those after it look different") {
    Frames frames;
    const auto lines = [](int n) {
        return [n](ImDrawList& list) {
            list.PushClipRect(ImVec2(0, 0), ImVec2(30, 30));
            for (int i = 0; i < n; ++i) list.AddLine(ImVec2(0, 3.0f * static_cast<float>(i)), ImVec2(30, 20), IM_COL32_WHITE);
            list.PopClipRect();
            box_at(list, kFoot, 92, IM_COL32_WHITE);
        };
    };
    frames.draw(lines(3));
    const PixelRect part = frames.draw(lines(5));
    CHECK(part.y0 > 0);
    CHECK(part.y1 <= 30);
    CHECK(part.x1 <= 30);
}

TEST_CASE("bars that move are seen although their command stays the same") {
    Frames frames;
    BarBatch bars;
    const auto with_bar = [&](float x) {
        return [&bars, x](ImDrawList& list) {
            bars.clear();
            bars.add({x, 30, x + 20, 40, 3, 0.5f, IM_COL32(200, 100, 0, 255), IM_COL32(250, 150, 0, 255)});
            list.PushClipRect(ImVec2(kList.x0, kList.y0), ImVec2(kList.x1, kList.y1));
            bars.draw(&list);
            list.PopClipRect();
        };
    };
    frames.draw(with_bar(60));
    CHECK(frames.draw(with_bar(60)).is_empty());
    CHECK(frames.draw(with_bar(61)) == PixelRect{59, 29, 82, 41});
}

}  // namespace entente::ui
