// Our scheduler, natively and as WebAssembly, beside TaskJuggler (tj3) and a plain typed-array pass in JavaScript, on the same plans.
// tests/bench/README.md says what is measured and how to read it.
//
//   node --no-experimental-fetch tests/bench/schedule.mjs [--native FILE] [--wasm FILE.js] [--tj3 N,N,...]
//
// Prints medians and ratios and writes build/bench/schedule.json. Without tj3 (Debian: apt-get install tj3) its figures are null.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const kTj3LimitMs = 600000;

function parse(values) {
    const options = {native: path.join(root, 'build/native/tests/entente_bench_schedule'),
        wasm: path.join(root, 'build/web/tests/entente_bench_schedule.js'), tj3: [1000]};
    for (let at = 0; at < values.length; ++at) {
        if (values[at] === '--native') options.native = values[++at];
        else if (values[at] === '--wasm') options.wasm = values[++at];
        else if (values[at] === '--tj3') options.tj3 = values[++at].split(',').map(Number);
        else throw new Error(`not understood: ${values[at]}`);
    }
    return options;
}

const run = (file, args) => execFileSync(file.endsWith('.js') ? process.execPath : file,
    [...(file.endsWith('.js') ? ['--no-experimental-fetch', file] : []), ...args], {encoding: 'utf8', maxBuffer: 1 << 28});

function figures(file) {
    const out = {};
    for (const line of run(file, ['--figures']).trim().split('\n')) {
        const [n, metric, ms] = line.split(' ');
        (out[n] ??= {})[metric] = Number(ms);
    }
    return out;
}

function readPlan(file, n) {
    const plan = {tasks: [], links: [], length: 0};
    for (const line of run(file, ['--plan', String(n)]).trim().split('\n')) {
        const [what, a, b, c] = line.split(' ');
        if (what === 'task') plan.tasks.push([Number(a), Number(b)]);
        else if (what === 'link') plan.links.push([Number(a), Number(b), Number(c)]);
        else plan.length = Number(a);
    }
    return plan;
}

// The critical path as one would write it by hand for this alone: finish-to-start links in worked minutes, both passes, floats; no
// calendars, constraints, summaries, dates or drivers.
class PlainPass {
    constructor(plan, n) {
        const links = plan.links.length;
        this.length = new Int32Array(n);
        for (const [row, minutes] of plan.tasks) this.length[row] = minutes;
        this.first = new Int32Array(n + 1);
        const waiting = new Int32Array(n);
        for (const [from, to] of plan.links) {
            ++this.first[from + 1];
            ++waiting[to];
        }
        for (let i = 0; i < n; ++i) this.first[i + 1] += this.first[i];
        const fill = this.first.slice(0, n);
        this.to = new Int32Array(links);
        this.lag = new Int32Array(links);
        for (const [from, to, lag] of plan.links) {
            this.to[fill[from]] = to;
            this.lag[fill[from]++] = lag;
        }
        this.order = new Int32Array(n);
        let end = 0;
        for (let i = 0; i < n; ++i) if (waiting[i] === 0) this.order[end++] = i;
        for (let at = 0; at < end; ++at) {
            const i = this.order[at];
            for (let e = this.first[i]; e < this.first[i + 1]; ++e) if (--waiting[this.to[e]] === 0) this.order[end++] = this.to[e];
        }
        for (const name of ['start', 'late', 'total', 'free']) this[name] = new Int32Array(n);
    }

    pass() {
        const {order, first, to, lag, length, start, late, total, free} = this;
        let finish = 0;
        start.fill(0);
        for (const i of order) {
            const done = start[i] + length[i];
            if (done > finish) finish = done;
            for (let e = first[i]; e < first[i + 1]; ++e) if (done + lag[e] > start[to[e]]) start[to[e]] = done + lag[e];
        }
        for (let at = order.length - 1; at >= 0; --at) {
            const i = order[at];
            let latest = finish, room = finish - start[i] - length[i];
            for (let e = first[i]; e < first[i + 1]; ++e) {
                latest = Math.min(latest, late[to[e]] - length[to[e]] - lag[e]);
                room = Math.min(room, start[to[e]] - lag[e] - start[i] - length[i]);
            }
            late[i] = latest;
            total[i] = latest - length[i] - start[i];
            free[i] = room;
        }
        return finish;
    }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function measurePlain(plan, n) {
    const rounds = n > 20000 ? 30 : 200, full = [], edit = [];
    let last = null;
    for (let round = 0; round < rounds; ++round) {
        const from = performance.now();
        last = new PlainPass(plan, n);
        const finish = last.pass();
        full.push(performance.now() - from);
        if (finish !== plan.length) throw new Error(`the plain pass finds ${finish} minutes, the scheduler ${plan.length}`);
    }
    for (let round = 0; round < rounds; ++round) {
        const [row] = plan.tasks[(round * 7919) % plan.tasks.length];
        last.length[row] += 480;
        const from = performance.now();
        last.pass();
        edit.push(performance.now() - from);
    }
    return {full: median(full), edit: median(edit)};
}

// The same plan for tj3: working lengths, gaps as working time, the holidays of the generator's calendar.
function tjp(plan) {
    const years = Math.min(Math.ceil(plan.length / 480 / 240) + 2, 9);  // tj3 knows no year after 2035
    const lines = [`project bench "Bench" 2026-03-02 +${years}y {`, '  timingresolution 60 min', '  timezone "UTC"',
        '  workinghours mon - fri 9:00 - 17:00', '  workinghours sat, sun off', '  dailyworkinghours 8', '}'];
    for (let year = 2026; year < 2035; ++year) {
        lines.push(`leaves holiday "Winter" ${year}-12-24 - ${year + 1}-01-01`, `leaves holiday "May" ${year}-05-01`);
    }
    const before = new Map();
    for (const [from, to, lag] of plan.links) {
        if (!before.has(to)) before.set(to, []);
        before.get(to).push(`t${from}${lag > 0 ? ` { gaplength ${lag / 480}d }` : ''}`);
    }
    for (const [row, minutes] of plan.tasks) {
        lines.push(`task t${row} "t${row}" {`, minutes > 0 ? `  length ${minutes / 480}d` : '  milestone');
        if (before.has(row)) lines.push(`  depends ${before.get(row).join(', ')}`);
        else lines.push('  start 2026-03-02-09:00');
        lines.push('}');
    }
    lines.push('taskreport plan "plan" { formats csv', '  columns id, start, end }');
    return `${lines.join('\n')}\n`;
}

function measureTj3(plan) {
    if (spawnSync('tj3', ['--version']).error) return null;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'entente-tj3-'));
    try {
        writeFileSync(path.join(folder, 'plan.tjp'), tjp(plan));
        const from = performance.now();
        const done = spawnSync('tj3', ['--silent', '--no-color', 'plan.tjp'], {cwd: folder, timeout: kTj3LimitMs, encoding: 'utf8'});
        if (done.status === 0) return performance.now() - from;
        console.log(`  tj3: ${done.error ? 'stopped at the time limit' : done.stderr.trim().split('\n').slice(0, 3).join('; ')}`);
        return null;
    } finally {
        rmSync(folder, {recursive: true});
    }
}

const options = parse(process.argv.slice(2));
const native = figures(options.native), wasm = figures(options.wasm);
const rows = [];
for (const n of Object.keys(wasm).map(Number).sort((a, b) => a - b)) {
    const plan = readPlan(options.native, n);
    const plain = measurePlain(plan, n);
    const whole = options.tj3.includes(n) ? measureTj3(plan) : null;
    for (const metric of ['full', 'edit', 'edit_finish']) {
        const js = metric === 'full' ? plain.full : plain.edit, tj3 = whole;  // tj3 keeps nothing: an edit is a whole run
        const ours = wasm[n][metric];
        rows.push({n, metric, ours, native: native[n][metric], tj3, js, ratio: tj3 === null ? null : ours / tj3,
            ratio_js: ours / js, ratio_native: ours / native[n][metric]});
        const beside = tj3 === null ? 'not run' : `${(tj3 / 1000).toFixed(1)} s (ours is 1/${Math.round(tj3 / ours)})`;
        console.log(`${String(n).padStart(7)} ${metric.padEnd(12)} wasm ${ours.toFixed(4)} ms, ` +
            `native ${native[n][metric].toFixed(4)} ms, plain JavaScript ${js.toFixed(4)} ms, tj3 ${beside}`);
    }
}
mkdirSync(path.join(root, 'build/bench'), {recursive: true});
writeFileSync(path.join(root, 'build/bench/schedule.json'), `${JSON.stringify(rows, null, 1)}\n`);
