// WebStorage: the Storage port over IndexedDB (web/library_storage.js moves the bytes).
//
// A commit is acknowledged when its transaction completes with strict durability, not when its requests succeed. What a commit
// expects is compared inside that transaction. Records are keyed by number: keys up to 2^53. A connection that the browser
// closed is opened again by the next call; what was under way on it fails. Errors: Conflict (expectations differ), StorageFull
// (quota), Storage (everything else, among it a browser that keeps nothing at all).
// Callbacks come from the browser's own events, also while the page is hidden and draws nothing; `wake` is called after each.
#pragma once

#include <functional>
#include <string>

#include "platform/ports.hpp"

namespace entente::platform {

class WebStorage final : public Storage {
public:
    // `name` of the database. One WebStorage exists for a name.
    WebStorage(std::string name, std::function<void()> wake);

    void commit(Batch batch, Callback<void> done) override;
    void read(std::string store, std::uint64_t first_key, std::uint32_t limit, Callback<std::vector<Record>> done) override;
    void erase_all(Callback<void> done) override;

private:
    std::string name_;
    std::function<void()> wake_;
};

}  // namespace entente::platform
