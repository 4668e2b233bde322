// WebStorage: the Storage port over IndexedDB (web/library_storage.js moves the bytes), or over two files of the origin private file system
// (web/library_opfs.js, web/store_opfs.js): the two stores of the vault.
//
// A commit is acknowledged when its transaction completes with strict durability, not when its requests succeed; in files, when it is
// flushed. What a commit
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
    enum class Place : std::uint8_t { Database, Files };
    // `name` of the database, or of the files. One WebStorage exists for a name and a place; a second tab cannot open the files while the
    // first has them, and is told Storage.
    WebStorage(std::string name, std::function<void()> wake, Place place = Place::Database);

    void commit(Batch batch, Callback<void> done) override;
    void read(std::string store, std::uint64_t first_key, std::uint32_t limit, Callback<std::vector<Record>> done) override;
    void erase_all(Callback<void> done) override;
    void let_go() override;

private:
    std::string name_;
    std::function<void()> wake_;
    Place place_;
};

}  // namespace entente::platform
