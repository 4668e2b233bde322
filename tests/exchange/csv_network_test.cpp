// Networks as tables: with and without names, links on either side and in any hand, and PSPLIB's own files, each held against a
// longest path that is computed here without the scheduler.
#include <algorithm>

#include "exchange/psplib.hpp"
#include "tests/exchange/support.hpp"

namespace {

using namespace entente;
using namespace entente::exchange;
using namespace entente::test;

struct Random {
    std::uint64_t state;
    int below(int count) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<int>(state >> 33) % count;
    }
};

struct Net {
    std::vector<int> days;
    std::vector<std::vector<int>> next;  // successors, always later in the order

    int longest() const {
        std::vector<int> begin(days.size(), 0);
        int end = 0;
        for (std::size_t i = 0; i < days.size(); ++i) {
            end = std::max(end, begin[i] + days[i]);
            for (const int to : next[i])
                begin[static_cast<std::size_t>(to)] = std::max(begin[static_cast<std::size_t>(to)], begin[i] + days[i]);
        }
        return end;
    }
};

// A source and a sink of no length, and between them jobs that wait for up to three earlier ones.
Net random_net(Random& random, int jobs) {
    Net net;
    net.days.assign(static_cast<std::size_t>(jobs) + 2, 0);
    net.next.resize(net.days.size());
    for (int i = 1; i <= jobs; ++i) {
        net.days[static_cast<std::size_t>(i)] = 1 + random.below(10);
        const int waits = i == 1 ? 0 : random.below(4);
        for (int k = 0; k < waits; ++k) {
            std::vector<int>& from = net.next[static_cast<std::size_t>(1 + random.below(i - 1))];
            if (std::find(from.begin(), from.end(), i) == from.end()) from.push_back(i);
        }
        if (waits == 0) net.next[0].push_back(i);
    }
    for (int i = 0; i <= jobs; ++i) {
        if (net.next[static_cast<std::size_t>(i)].empty()) net.next[static_cast<std::size_t>(i)].push_back(jobs + 1);
    }
    return net;
}

struct Layout {
    const char *header, *row, *between;  // row: {i} id, {d} days, {h} hours, {p} predecessors, {s} successors
    bool shuffled = false;
};

std::string replaced(std::string text, std::string_view from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
    return text;
}

std::string table_of(const Net& net, const Layout& layout, Random& random) {
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < net.days.size(); ++i) {
        std::string before, after;
        for (std::size_t j = 0; j < net.days.size(); ++j) {
            const bool waits = std::find(net.next[j].begin(), net.next[j].end(), static_cast<int>(i)) != net.next[j].end();
            if (waits) before += (before.empty() ? "" : layout.between) + std::to_string(j + 1);
        }
        for (const int to : net.next[i]) after += (after.empty() ? "" : layout.between) + std::to_string(to + 1);
        std::string row = replaced(layout.row, "{i}", std::to_string(i + 1));
        row = replaced(replaced(row, "{d}", std::to_string(net.days[i])), "{h}", std::to_string(net.days[i] * 8));
        rows.push_back(replaced(replaced(row, "{p}", before), "{s}", after));
    }
    for (std::size_t i = rows.size(); layout.shuffled && i > 1; --i)
        std::swap(rows[i - 1], rows[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
    std::string out = layout.header;
    for (const std::string& row : rows) out += "\n" + row;
    return out + "\n";
}

std::int64_t length_in_days(const CsvPlan& plan) {
    const auto schedule = plan::compute_schedule(plan.imported.project);
    REQUIRE(schedule.has_value());
    return schedule->working_minutes / 480;
}

const char* kSm =
    "************************************************************************\n"
    "projects                      :  1\njobs (incl. supersource/sink ):  5\n"
    "************************************************************************\n"
    "PROJECT INFORMATION:\npronr.  #jobs rel.date duedate tardcost  MPM-Time\n    1      3      0       20       10       9\n"
    "************************************************************************\n"
    "PRECEDENCE RELATIONS:\njobnr.    #modes  #successors   successors\n"
    "   1        1          2           2   3\n   2        1          1           4\n   3        1          1           5\n"
    "   4        1          1           5\n   5        1          0        \n"
    "************************************************************************\n"
    "REQUESTS/DURATIONS:\njobnr. mode duration  R 1  R 2\n------------------------------------------------------------------------\n"
    "  1      1     0       0    0\n  2      1     5       4    0\n  3      1     7       0    3\n  4      1     4       1    0\n  5      "
    "1     0       0    0\n"
    "************************************************************************\n"
    "RESOURCEAVAILABILITIES:\n  R 1  R 2\n   12   13\n************************************************************************\n";

std::int64_t length_of_network(std::string_view text) {
    REQUIRE(is_network(bytes_of(text)));
    const auto network = read_network(bytes_of(text));
    REQUIRE(network.has_value());
    return length_in_days(read_table(network->table));
}

}  // namespace

TEST_CASE("network: every layout of a table gives the length of the longest path") {
    const Layout layouts[] = {
        {"id,name,duration_days,predecessors", "{i},Job {i},{d},\"{p}\"", ";"},
        {"id,duration_days,predecessors", "{i},{d},\"{p}\"", ";", true},
        {"id,duration,predecessors", "{i},{d},\"{p}\"", ",", true},
        {"id,duration,predecessors", "{i},{d},\"{p}\"", " ", true},
        {"id,duration,predecessors", "{i},{d},\"{p}\"", ", "},
        {"id,duration,predecessors", "{i},{d},\"{p}\"", "|"},
        {"id,duration,predecessors", "{i},{d},\"[{p}]\"", ", "},
        {"job,duration,successors", "{i},{d},\"{s}\"", ";", true},
        {"jobnr.,modes,duration,R1,R2,successors", "{i},1,{d},3,0,{s}", " ", true},
        {"jobnr,modes,duration,successors", "{i},1,{d},{s}", ","},
        {"task,duration,predecessors", "{i},{d},\"{p}\"", ";", true},
        {"activity;duration (days);immediate predecessors", "{i};{d};{p}", ",", true},
        {"task,name,duration,predecessors", "{i},Job {i},{d},\"{p}\"", ";", true},
        {"Activity ID\tDuration\tSuccessors", "{i}\t{d}\t{s}", ",", true},
        {"id,name,duration_hours,predecessors", "{i},Job {i},{h},\"{p}\"", ";", true},
        {"id,duration,predecessors", "{i},{h} hours,\"{p}\"", ";", true},
        {"id,duration,predecessors", "{i},{d} days,\"{p}\"", ";", true},
        {"id|processing time|preds|succs", "{i}|{d}|{p}|{s}", ","},
        {"node,dur,succ", "{i},{d},{s}", ";", true},
    };
    Random random{2014};
    for (const Layout& layout : layouts) {
        for (int round = 0; round < 12; ++round) {
            const Net net = random_net(random, 4 + random.below(40));
            const CsvPlan plan = read_table(table_of(net, layout, random));
            CAPTURE(layout.header);
            CHECK(problems(plan.imported) == "");
            CHECK(plan.imported.project.tasks.size() == net.days.size());
            CHECK(length_in_days(plan) == net.longest());
        }
    }
}

TEST_CASE("network: links in columns of their own, and as a program prints its lists") {
    CHECK(length_in_days(read_table("id,duration,pred1,pred2\n1,0,,\n2,8,1.0,\n3,4,1.0,2.0\n4,6,3,1\n")) == 18);
    CHECK(length_in_days(read_table("id,duration,successor 1,successor 2\n1,1,2,3\n2,8,4,\n3,4,4,\n4,6,,\n")) == 15);
    CHECK(length_in_days(read_table("id,duration,preds\n1,0,[]\n2,8,['1']\n3,4,\"['1', '2']\"\n4,6,nan\n")) == 12);
    CHECK(length_in_days(read_table("name,duration,predecessors\nA,3,-\nB,4,A\nC,2,none\nD,5,\"B,C\"\n")) == 12);
    CHECK(length_in_days(read_table("name,duration (weeks),predecessors\nA,1,\nB,2,A\n")) == 15);
    CHECK(length_in_days(read_table("id,duration,successors\n1,3,2SS+2d\n2,4,\n")) == 6);
    CHECK(length_in_days(read_table("id,duration,predecessors\n1,3,\n2,4,1FS\u22122d\n")) == 5);
}

TEST_CASE("network: what cannot be meant is still said") {
    CHECK(problems(read_table("id,duration,successors\n1,3,2;9\n2,4,\n").imported) ==
          "2 error: The successor \u201C9\u201D is not in the file; the link was left out.\n");
    CHECK(problems(read_table("id,duration,predecessors\n1,3,\n2,4,1 9\n").imported) ==
          "3 error: The predecessor \u201C1 9\u201D is not in the file; the link was left out.\n");
    // A column of jobs that repeat is no id: it is what the task is called.
    const CsvPlan jobs = read_table("job,days\nConform,2\nConform,3\n");
    CHECK(problems(jobs.imported) == "");
    CHECK(task(jobs, "2").name == "Conform");
    // Names stay names where there are ids beside them, or where they are not all numbers.
    CHECK(task(read_table("task,days,predecessors\n1917,2,\nEdit,3,1\n"), "2").name == "Edit");
    // A row of work without a name is called by its id; an empty one is still left out.
    const CsvPlan unnamed = read_table("id,name,days\n7,,3\n8,,\n");
    CHECK(task(unnamed, "7").name == "7");
    CHECK(unnamed.imported.project.tasks.size() == 1);
}

TEST_CASE("network: PSPLIB's own files") {
    CHECK(length_of_network(kSm) == 9);
    CHECK(read_network(bytes_of(kSm))->stated_days == 9);
    CHECK(length_of_network("5 2\n12 13\n0 0 0 2 2 3\n5 4 0 1 4\n7 0 3 1 5\n4 1 0 1 5\n0 0 0 0\n") == 9);
    CHECK(length_of_network(replaced(kSm, "\n", "\r\n")) == 9);
    // Three ways to do job 2: the first counts, and it is said.
    const std::string several = replaced(replaced(kSm, "   2        1  ", "   2        3  "), "  2      1     5       4    0\n",
                                         "  2      1     5       4    0\n         2     9       1    0\n         3    11       0    0\n");
    CHECK(length_of_network(several) == 9);
    CHECK(read_network(bytes_of(several))->notes.size() == 2);
    CHECK_FALSE(read_network(bytes_of(replaced(kSm, "   2   3\n", "   2   9\n"))).has_value());
    const std::string cut = std::string(kSm).substr(0, std::string(kSm).find("  4      1     4"));
    CHECK_FALSE(read_network(bytes_of(cut)).has_value());
    for (const char* other : {"", "1,2,3\n", "5 2\n12 13\n0 0 0 2 2 3\n", "id,name\n1,PRECEDENCE RELATIONS\n", "99999999999999999999 1\n"})
        CHECK_FALSE(is_network(bytes_of(other)));
}

TEST_CASE("network: files cut at any byte are refused or read, never more") {
    const std::string whole = kSm, patterson = "5 2\n12 13\n0 0 0 2 2 3\n5 4 0 1 4\n7 0 3 1 5\n4 1 0 1 5\n0 0 0 0\n";
    for (const std::string& text : {whole, patterson}) {
        for (std::size_t size = 0; size < text.size(); ++size) {
            const auto network = read_network(bytes_of(std::string_view(text).substr(0, size)));
            if (network) CHECK(try_table(network->table).has_value());
        }
    }
}
