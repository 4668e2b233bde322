#include "platform/web/storage_web.hpp"

#include <emscripten/emscripten.h>

#include <map>
#include <utility>

// web/library_storage.js and web/library_opfs.js. Each call is answered once through entente_storage_answer.
extern "C" {
void entente_storage_commit(const char* database, const std::uint8_t* batch, int size, int ticket);
void entente_storage_read(const char* database, const char* store, double first_key, int limit, int ticket);
void entente_storage_erase(const char* database, int ticket);
void entente_opfs_commit(const char* name, const std::uint8_t* batch, int size, int ticket);
void entente_opfs_read(const char* name, const char* store, double first_key, int limit, int ticket);
void entente_opfs_erase(const char* name, int ticket);
void entente_opfs_let_go();
}

namespace entente::platform {
namespace {

enum class Status : std::uint8_t { Done = 0, Conflict = 1, Full = 2, Unavailable = 3, Failed = 4, Silent = 5 };

using Answer = std::function<void(Status, ByteView)>;

struct Calls {
    int next_ticket = 1;
    std::map<int, Answer> waiting;
    Bytes room;  // where the next answer's bytes are put
};
Calls g_calls;

int expect(Answer answer) {
    const int ticket = g_calls.next_ticket++;
    g_calls.waiting.emplace(ticket, std::move(answer));
    return ticket;
}

Error error_of(Status status, ByteView detail) {
    std::string where(text_of(detail));
    switch (status) {
        case Status::Conflict:
            return {ErrorCode::Conflict, msg("Another tab or window has changed this workspace."), std::move(where), {}};
        case Status::Full:
            return {ErrorCode::StorageFull, msg("There is no room left in the browser's store."), std::move(where),
                    msg("Free some space on this device, then try again.")};
        case Status::Unavailable:
            return {ErrorCode::Storage, msg("This browser does not let Entente keep anything."), std::move(where),
                    msg("Leave private browsing, or allow this site to store data, then reload the page.")};
        case Status::Silent:
            return {ErrorCode::Storage, msg("The browser's store does not answer."), std::move(where),
                    msg("Try again. If it stays so, reload the page.")};
        default:
            return {ErrorCode::Storage, msg("The browser's store failed."), std::move(where),
                    msg("Try again. If it stays so, reload the page.")};
    }
}

void write_records(Writer& writer, const std::vector<Record>& records) {
    writer.u32(static_cast<std::uint32_t>(records.size()));
    for (const Record& record : records) {
        writer.u8(static_cast<std::uint8_t>(record.store.size()));
        writer.raw(bytes_of(record.store));
        writer.u64(record.key);
        writer.u32(static_cast<std::uint32_t>(record.value.size()));
        writer.raw(record.value);
    }
}

Result<std::vector<Record>> read_records(const std::string& store, ByteView answer) {
    Reader reader(answer);
    std::vector<Record> records;
    const std::uint32_t count = reader.u32();
    for (std::uint32_t i = 0; i < count && reader.ok(); ++i) {
        Record record;
        record.store = store;
        record.key = reader.u64();
        const ByteView value = reader.raw(reader.u32());
        record.value.assign(value.begin(), value.end());
        records.push_back(std::move(record));
    }
    if (!reader.at_end()) return tl::unexpected<Error>(error_of(Status::Failed, {}));
    return records;
}

Answer plain_answer(std::function<void()> wake, Callback<void> done) {
    return [wake = std::move(wake), done = std::move(done)](Status status, ByteView detail) {
        if (status == Status::Done) {
            done({});
        } else {
            done(tl::unexpected<Error>(error_of(status, detail)));
        }
        wake();
    };
}

}  // namespace

WebStorage::WebStorage(std::string name, std::function<void()> wake, Place place)
    : name_(std::move(name)), wake_(std::move(wake)), place_(place) {}

void WebStorage::commit(Batch batch, Callback<void> done) {
    Writer writer;
    write_records(writer, batch.expect);
    write_records(writer, batch.put);
    writer.u32(static_cast<std::uint32_t>(batch.erase.size()));
    for (const auto& [store, key] : batch.erase) {
        writer.u8(static_cast<std::uint8_t>(store.size()));
        writer.raw(bytes_of(store));
        writer.u64(key);
    }
    const Bytes& message = writer.bytes();
    (place_ == Place::Database ? entente_storage_commit : entente_opfs_commit)(
        name_.c_str(), message.data(), static_cast<int>(message.size()), expect(plain_answer(wake_, std::move(done))));
}

void WebStorage::read(std::string store, std::uint64_t first_key, std::uint32_t limit, Callback<std::vector<Record>> done) {
    const std::string name = store;
    const int ticket =
        expect([wake = wake_, store = std::move(store), done = std::move(done)](Status status, ByteView bytes) {
            if (status == Status::Done) {
                done(read_records(store, bytes));
            } else {
                done(tl::unexpected<Error>(error_of(status, bytes)));
            }
            wake();
        });
    (place_ == Place::Database ? entente_storage_read : entente_opfs_read)(
        name_.c_str(), name.c_str(), static_cast<double>(first_key), static_cast<int>(limit), ticket);
}

void WebStorage::erase_all(Callback<void> done) {
    (place_ == Place::Database ? entente_storage_erase : entente_opfs_erase)(name_.c_str(), expect(plain_answer(wake_, std::move(done))));
}

void WebStorage::let_go() {
    if (place_ == Place::Files) entente_opfs_let_go();
}

}  // namespace entente::platform

extern "C" {

// Room for an answer of that many bytes, good until entente_storage_answer.
EMSCRIPTEN_KEEPALIVE std::uint8_t* entente_storage_room(int size) {
    entente::platform::g_calls.room.assign(static_cast<std::size_t>(size), 0);
    return entente::platform::g_calls.room.data();
}

EMSCRIPTEN_KEEPALIVE void entente_storage_answer(int ticket, int status) {
    using namespace entente::platform;
    const entente::Bytes bytes = std::exchange(g_calls.room, {});
    const auto found = g_calls.waiting.find(ticket);
    if (found == g_calls.waiting.end()) return;
    const Answer answer = std::move(found->second);
    g_calls.waiting.erase(found);
    answer(static_cast<Status>(status), bytes);
}
}
