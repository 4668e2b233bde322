// The plans of the Gantt benchmark: by a fixed seed, 1.3 links a task, working days only, no loop. Every program gets the same
// tasks, lengths and links; the peers get dates too, because they compute none.

const kFirstDay = Date.UTC(2026, 2, 2);  // a Monday
const kDayMs = 86400000;

// Park and Miller's minimal standard generator: the same plan on every run.
function generator(seed) {
    let state = seed;
    return (below) => { state = state * 48271 % 2147483647; return state % below; };
}

// A plan lasts about three years at every size: a larger one has more that goes on at once, as real ones have. `before[i]` are the
// tasks that i waits for, finish to start. Promises: milestones at even distances.
export function makePlan(tasks) {
    const random = generator(20260302 + tasks);
    const reach = Math.max(6, Math.ceil(tasks / 150));
    const promises = Math.min(200, Math.max(2, Math.round(tasks / 100)));
    const every = Math.floor(tasks / promises);
    const plan = {tasks, links: 0, days: new Int32Array(tasks), before: Array.from({length: tasks}, () => []), promised: new Set()};
    for (let i = 0; i < tasks; ++i) {
        if (i % every === every - 1) plan.promised.add(i);
        plan.days[i] = plan.promised.has(i) ? 0 : 1 + random(8);
        if (i > 0) plan.before[i].push(Math.max(0, i - 1 - random(reach)));
    }
    plan.links = tasks - 1;
    const wanted = Math.round(tasks * 1.3);
    while (plan.links < wanted) {
        const to = 1 + random(tasks - 1), from = Math.max(0, to - 1 - random(reach * 3));
        if (plan.before[to].includes(from)) continue;
        plan.before[to].push(from);
        plan.links += 1;
    }
    return plan;
}

// For Entente: the table a person would import.
export function asCsv(plan) {
    const lines = ['id,name,duration_days,predecessors,milestone,client'];
    for (let i = 0; i < plan.tasks; ++i) {
        const after = plan.before[i].map((from) => `${from + 1}FS`).join(';');
        const promised = plan.promised.has(i) ? 'yes' : 'no';
        lines.push(`${i + 1},Shot ${i + 1},${plan.days[i]},${after},${promised},${promised}`);
    }
    return lines.join('\n');
}

// For the peers, where each task begins and ends, in days since the first; weekends are not worked.
export function dates(plan) {
    const finish = new Int32Array(plan.tasks), start = new Int32Array(plan.tasks);
    for (let i = 0; i < plan.tasks; ++i) {
        for (const from of plan.before[i]) start[i] = Math.max(start[i], finish[from]);
        finish[i] = start[i] + plan.days[i];
    }
    const calendar = (worked) => Math.floor(worked / 5) * 7 + worked % 5;
    const at = (worked) => kFirstDay + calendar(worked) * kDayMs;
    return {start: Array.from(start, at), days: Array.from(plan.days),
        finish: Array.from(finish, (worked, i) => (plan.days[i] ? at(worked - 1) + kDayMs : at(worked)))};
}

// What the peers' pages fetch: columns, so that handing it to the page costs little and both build their own objects from it.
export function asColumns(plan) {
    const {start, finish, days} = dates(plan);
    const from = [], to = [];
    plan.before.forEach((list, i) => list.forEach((one) => { from.push(one + 1); to.push(i + 1); }));
    return {tasks: plan.tasks, start, finish, days, from, to};
}
