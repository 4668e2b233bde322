// The ports: all that Entente asks of the world. The core and the vault know only these.
//
// Every call returns at once; the answer comes back through the callback, called from the platform's pump in the order in
// which things finished, never from inside the call. A callback is called exactly once, with an Error where it failed.
// Implementations: memory/ (tests, with faults to order), web/ (the browser).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace entente::platform {

template <class T>
using Callback = std::function<void(Result<T>)>;

// One named store of records by 64-bit key: "hdr", "head", "snap", "jrnl".
struct Record {
    std::string store;
    std::uint64_t key = 0;
    Bytes value;
};

// Everything in it happens or nothing does. `expect` is compared first, byte for byte (empty value: must not exist); where it
// differs the batch fails with ErrorCode::Conflict and nothing is written.
struct Batch {
    std::vector<Record> expect;
    std::vector<Record> put;
    std::vector<std::pair<std::string, std::uint64_t>> erase;
};

class Storage {
public:
    virtual ~Storage() = default;
    // Done means durable: the transaction completed with strict durability.
    virtual void commit(Batch batch, Callback<void> done) = 0;
    // All records of a store in ascending key, from `first_key` on, at most `limit`.
    virtual void read(std::string store, std::uint64_t first_key, std::uint32_t limit, Callback<std::vector<Record>> done) = 0;
    // Forgets everything (the person asked to remove this workspace from the laptop).
    virtual void erase_all(Callback<void> done) = 0;
    // Lets go of what keeps other tabs out, if anything does; what is under way fails. The next call takes it again.
    virtual void let_go() {}
};

// Whose turn it is to write, of the tabs of one browser; and a channel between them that carries no contents. It spares people
// conflicts; it guards nothing: the stores themselves refuse a second writer.
class Turn {
public:
    enum class Notice : std::uint8_t {
        Durable,  // the tab that writes has made everything up to `sequence` durable
        Wanted,   // another tab asks for the turn: save, then give()
        Lost,     // it was taken away
    };
    virtual ~Turn() = default;
    // True: this tab has the turn, until give() or Lost. Unless `insist`, false at once where another tab has it; else that tab is asked
    // for it, and after two seconds it is taken from it.
    virtual void take(bool insist, Callback<bool> done) = 0;
    virtual void give() = 0;
    // Asked anew of who gives the turns: is it still this tab's? A tab that slept may not have heard yet that it was taken away.
    // Storage: whoever gives them does not answer.
    virtual void confirm(Callback<bool> done) = 0;
    virtual void tell_durable(std::uint64_t sequence) = 0;
    // What is heard from now on, one listener. Nothing this tab told comes back to it.
    virtual void listen(std::function<void(Notice, std::uint64_t sequence)> heard) = 0;
};

// The witness: a few hundred bytes kept apart from Storage (localStorage), best effort.
class Witness {
public:
    virtual ~Witness() = default;
    virtual std::optional<std::string> get() = 0;
    virtual void set(const std::string& value) = 0;  // empty: forget it
};

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;
    // Minutes to add to UTC for local time at that moment.
    virtual int offset_minutes(Instant at) = 0;
};

class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

// Long work outside the page's thread: bytes in, bytes out. A worker is started for the job and ended after it. The request
// may hold a passphrase: the implementation wipes its copies once they are handed over.
class Worker {
public:
    virtual ~Worker() = default;
    virtual void run(Bytes request, Callback<Bytes> done) = 0;

    // A job that answers more than once: `each` gets every answer and says whether it waits for another; an Error is the last.
    // The worker is ended after the last answer, or at once by stop(), after which `each` is not called any more.
    using JobId = std::uint64_t;
    virtual JobId start(Bytes request, std::function<bool(Result<Bytes>)> each) = 0;
    virtual void stop(JobId job) = 0;
};

struct PickedFile {
    std::string name;
    Bytes bytes;
};

class Files {
public:
    virtual ~Files() = default;
    // Must be called from a person's gesture. Cancelled where nothing was picked; TooLarge beyond `max_bytes`, unread.
    virtual void pick(std::string accept, std::uint64_t max_bytes, Callback<PickedFile> done) = 0;
    virtual void save(std::string name, std::string mime, Bytes bytes) = 0;
};

// One folder that a person chose for copies. The browser remembers it, and may ask again in another session.
class Folder {
public:
    enum class State : std::uint8_t { Unsupported, None, Asks, Ready };
    struct Standing {
        State state = State::Unsupported;
        std::string name;  // the folder's own
    };
    virtual ~Folder() = default;
    virtual void look(Callback<Standing> done) = 0;
    // These two must be called from a person's gesture. Cancelled where the person, or the browser, says no.
    virtual void choose(Callback<Standing> done) = 0;
    virtual void allow(Callback<Standing> done) = 0;
    virtual void forget(Callback<Standing> done) = 0;
    // Writes the file, whole or not at all, over one of that name; answers with what is then read from it. Cancelled where the browser
    // asks again first.
    virtual void write(std::string name, Bytes bytes, Callback<Bytes> read_back) = 0;
    // Of at most `max_bytes`; TooLarge. Storage where there is no such file.
    virtual void read(std::string name, std::uint64_t max_bytes, Callback<Bytes> done) = 0;
};

}  // namespace entente::platform
