// The plans of the Gantt benchmark: by a fixed seed, 1.3 links a task, working days only, no loop. Every program gets the same
// tasks, lengths and links; the peers get dates too, because they compute none.

const kFirstDay = Date.UTC(2026, 2, 2);  // a Monday
const kDayMs = 86400000;

// Park and Miller's minimal standard generator: the same plan on every run.
function generator(seed) {
    let state = seed;
    return (below) => { state = state * 48271 % 2147483647; return state % below; };
}

// One row in ten is a summary of the nine below it. A plan lasts about three years at every size: a larger one has more that goes on at
// once, as real ones have. `before[i]` are the rows that i waits for, finish to start; links join tasks, never summaries. Promises:
// milestones at even distances.
export function makePlan(rows) {
    const random = generator(20260302 + rows);
    const reach = Math.max(6, Math.ceil(rows / 150));
    const every = Math.max(10, Math.floor(rows / Math.min(200, Math.max(2, Math.round(rows / 100))) / 10) * 10);
    const kinds = Array.from({length: rows}, (_, i) => (i % 10 === 0 ? 'summary' : i % every === every - 1 ? 'milestone' : 'task'));
    const plan = {tasks: rows, links: 0, kinds, days: kinds.map((kind) => (kind === 'task' ? 1 + random(8) : 0)),
        names: kinds.map((kind, i) => (kind === 'summary' ? `Scene ${1 + i / 10}` : `Shot ${i + 1}`)), before: kinds.map(() => [])};
    const link = (from, to) => {
        if (from < 0 || kinds[from] === 'summary' || kinds[to] === 'summary' || plan.before[to].includes(from)) return;
        plan.before[to].push(from);
        plan.links += 1;
    };
    for (let i = 2; i < rows; ++i) link(Math.max(1, i - 1 - random(reach)), i);
    while (plan.links < Math.round(rows * 1.3)) {
        const to = 2 + random(rows - 2);
        link(to - 1 - random(reach * 3), to);
    }
    return plan;
}

// For Entente: the table a person would import.
export function asCsv(plan) {
    const lines = ['id,outline level,name,duration_days,predecessors,milestone,client'];
    for (let i = 0; i < plan.tasks; ++i) {
        const after = plan.before[i].map((from) => `${from + 1}FS`).join(';');
        const promised = plan.kinds[i] === 'milestone' ? 'yes' : 'no', level = plan.kinds[i] === 'summary' ? 1 : 2;
        const days = plan.kinds[i] === 'summary' ? '' : plan.days[i];
        lines.push(`${i + 1},${level},${plan.names[i]},${days},${after},${promised},${promised}`);
    }
    return lines.join('\n');
}

// For the peers, where each task begins and ends; weekends are not worked. Summaries span what is in them.
function dates(plan) {
    const finish = new Int32Array(plan.tasks), start = new Int32Array(plan.tasks);
    for (let i = 0; i < plan.tasks; ++i) {
        for (const from of plan.before[i]) start[i] = Math.max(start[i], finish[from]);
        finish[i] = start[i] + plan.days[i];
    }
    for (let i = 0; i < plan.tasks; i += 10) {
        const under = Array.from({length: Math.min(9, plan.tasks - i - 1)}, (_, k) => i + 1 + k);
        start[i] = Math.min(...under.map((one) => start[one]));
        finish[i] = Math.max(...under.map((one) => finish[one]));
    }
    const at = (worked) => kFirstDay + (Math.floor(worked / 5) * 7 + worked % 5) * kDayMs;
    return {start: Array.from(start, at),
        finish: Array.from(finish, (worked, i) => (worked > start[i] ? at(worked - 1) + kDayMs : at(worked)))};
}

// What the peers' pages fetch: columns, so that handing it to the page costs little and both build their own objects from it.
export function asColumns(plan) {
    const from = [], to = [];
    plan.before.forEach((list, i) => list.forEach((one) => { from.push(one + 1); to.push(i + 1); }));
    const parents = plan.kinds.map((kind, i) => (kind === 'summary' ? 0 : i - i % 10 + 1));
    return {...dates(plan), kinds: plan.kinds, names: plan.names, parents, from, to};
}
