// Opening a workspace of 10,000 entries after the key is known (read, decrypt, chain, decode, replay), and what a key costs.
#include <chrono>
#include <cstdio>

#include "codec/codec.hpp"
#include "tests/support/small_plan.hpp"
#include "tests/vault/world.hpp"

namespace {

using namespace entente;
using namespace entente::vault;

constexpr std::uint64_t kEntries = 10'000;

double now_ms() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void key_costs() {
    for (const KdfParameters& parameters : {kFloorKdf, kDefaultKdf}) {
        const double started = now_ms();
        const bool derived = derive_key("correct horse battery staple", Salt{1}, parameters).has_value();
        std::printf("figure: Argon2id %u MiB, %u passes, ms: %.0f%s\n", parameters.memory_kib / 1024, parameters.passes,
                    now_ms() - started, derived ? "" : " FAILED");
    }
}

// A session that renames and lengthens a task by turns; with snapshots, one each time the vault wants it.
bool fill(testing::Tab& tab, bool with_snapshots) {
    if (!tab.create()) return false;
    Session session = test::small_session();
    const test::SmallPlan plan;
    while (session.sequence() < kEntries) {
        const bool odd = session.sequence() % 2 == 1;
        Command command = plan::Command{plan::SetDuration{plan.project, plan.edit, static_cast<std::int64_t>(session.sequence())}};
        if (odd) command = plan::Command{plan::RenameTask{plan.project, plan.sound, "Sound " + std::to_string(session.sequence())}};
        if (!session.submit(std::move(command), Instant{static_cast<std::int64_t>(session.sequence())})) return false;
        if (session.sequence() % 250 != 0 && session.sequence() != kEntries) continue;
        for (const Entry& entry : session.take_pending()) tab.vault.append(entry.sequence, codec::encode_entry(entry));
        tab.vault.flush();
        tab.pump();
        if (!with_snapshots || !tab.vault.wants_snapshot()) continue;
        tab.vault.offer_snapshot(session.sequence(), codec::encode_snapshot(session.model(), session.sequence(), session.time(),
                                                                            session.last_id()));
        tab.pump();
    }
    return tab.vault.durable_sequence() == kEntries;
}

bool open_all(testing::Browser& browser, const char* what) {
    testing::Tab tab(browser.disk, browser.witness, 99);
    const double started = now_ms();
    const Result<Opened> opened = tab.unlock();
    if (!opened) return false;
    const double read = now_ms() - started;
    Session session(opened->device);
    if (opened->snapshot) {
        Result<codec::Snapshot> snapshot = codec::decode_snapshot(*opened->snapshot);
        if (!snapshot) return false;
        session = Session(opened->device, std::move(snapshot->model), snapshot->sequence, snapshot->time, snapshot->last_id);
    }
    for (const Bytes& bytes : opened->entries) {
        const Result<Entry> entry = codec::decode_entry(bytes);
        if (!entry || !session.replay(*entry)) return false;
    }
    std::printf("figure: open %d entries, %s, ms: %.1f (of which decrypting %.1f)\n", static_cast<int>(kEntries), what,
                now_ms() - started, read);
    return session.sequence() == kEntries && session.parked().empty();
}

}  // namespace

int main() {
    key_costs();
    for (const bool with_snapshots : {false, true}) {
        testing::Browser browser;
        if (!fill(*browser.tab(), with_snapshots)) return 1;
        if (!open_all(browser, with_snapshots ? "newest snapshot" : "whole journal")) return 1;
    }
    return 0;
}
