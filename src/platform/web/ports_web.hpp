// The browser's side of platform/ports.hpp, but for Storage (storage_web.hpp).
#pragma once

#include "platform/ports.hpp"

namespace entente::platform {

class WebClock final : public Clock {
public:
    Instant now() override;
    int offset_minutes(Instant at) override;
};

// crypto.getRandomValues.
class WebRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;
};

// localStorage under one key.
class WebWitness final : public Witness {
public:
    explicit WebWitness(std::string key) : key_(std::move(key)) {}
    std::optional<std::string> get() override;
    void set(const std::string& value) override;

private:
    std::string key_;
};

// worker.js: a new worker for every job, ended when it has answered. The job arrives there as one message (an ArrayBuffer) and
// one message comes back.
class WebWorker final : public Worker {
public:
    void run(Bytes request, Callback<Bytes> done) override;
    // The same worker answers until it is told to stop.
    JobId start(Bytes request, std::function<bool(Result<Bytes>)> each) override;
    void stop(JobId job) override;
};

class WebFiles final : public Files {
public:
    void pick(std::string accept, std::uint64_t max_bytes, Callback<PickedFile> done) override;
    void save(std::string name, std::string mime, Bytes bytes) override;
};

}  // namespace entente::platform
