#include "ui/semantics.hpp"

#include <cassert>

namespace entente::ui {

void Semantics::begin_frame(bool keys_first) {
    std::swap(nodes_, previous_);
    nodes_.clear();
    dropped_.clear();
    index_.clear();
    parents_.clear();
    const auto moves_focus = [](const MirrorEvent& event) {
        return event.kind == MirrorEventKind::Focus || event.kind == MirrorEventKind::Blur;
    };
    if (!queue_.empty() && !(keys_first && moves_focus(queue_.front()))) {
        active_ = std::move(queue_.front());
        queue_.erase(queue_.begin());
    }
}

void Semantics::end_frame() {
    assert(parents_.empty() && "open() without close()");
    parents_.clear();
    std::size_t kept = 0;
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
        if (dropped_[at]) {
            continue;
        }
        if (kept != at) {
            nodes_[kept] = std::move(nodes_[at]);
        }
        index_[nodes_[kept].id].at = kept;
        ++kept;
    }
    nodes_.resize(kept);
    dropped_.assign(kept, false);
    if (nodes_ != previous_) {
        ++version_;
    }
    active_.reset();
}

bool Semantics::add(Node node) {
    if (node.parent == 0 && !parents_.empty()) {
        node.parent = parents_.back();
    }
    const auto found = index_.find(node.id);
    if (found != index_.end()) {
        assert(found->second.generic && "two nodes of one frame have the same id");
        if (!found->second.generic) {
            return false;
        }
        dropped_[found->second.at] = true;
    }
    index_[node.id] = Entry{nodes_.size(), false};
    nodes_.push_back(std::move(node));
    dropped_.push_back(false);
    return true;
}

void Semantics::open(Node node) {
    const std::uint32_t id = node.id;
    add(std::move(node));
    parents_.push_back(id);
}

void Semantics::close() {
    assert(!parents_.empty() && "close() without open()");
    if (!parents_.empty()) {
        parents_.pop_back();
    }
}

void Semantics::leaf(Node node) { add(std::move(node)); }

void Semantics::item(Node node) {
    if (index_.count(node.id) == 0 && add(node)) {
        index_[node.id].generic = true;
    }
}

std::uint32_t Semantics::unclaimed_click() const {
    if (!active_ || active_->kind != MirrorEventKind::Click) {
        return 0;
    }
    const auto found = index_.find(active_->id);
    return found != index_.end() && found->second.generic ? active_->id : 0;
}

Node* Semantics::last() { return nodes_.empty() ? nullptr : &nodes_.back(); }

Node* Semantics::find(std::uint32_t id) {
    const auto found = index_.find(id);
    return found == index_.end() ? nullptr : &nodes_[found->second.at];
}

bool Semantics::take(MirrorEventKind kind, std::uint32_t id) {
    if (!active_ || active_->kind != kind || active_->id != id) {
        return false;
    }
    text_ = std::move(active_->text);
    active_.reset();
    return true;
}

bool Semantics::pending(std::uint32_t id) const {
    if (active_ && active_->id == id) {
        return true;
    }
    for (const MirrorEvent& event : queue_) {
        if (event.id == id) {
            return true;
        }
    }
    return false;
}

std::optional<std::uint32_t> Semantics::take_focus_request() { return std::exchange(focus_request_, std::nullopt); }

void Semantics::announce(std::string text, bool assertive) { announcements_.emplace_back(std::move(text), assertive); }

std::vector<std::pair<std::string, bool>> Semantics::take_announcements() { return std::exchange(announcements_, {}); }

}  // namespace entente::ui
