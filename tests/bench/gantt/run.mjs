// Entente, SVAR Gantt and DHTMLX Gantt on the same plans, in the same Chromium, one after the other, a new browser with a profile on disk
// each time. tests/bench/README.md says what is measured and how to read it.
//
//   node tests/bench/gantt/run.mjs [--quick] [--sizes 100,1000,...] [--repeats N]
//
// Prints medians and ratios and writes build/bench/gantt.json. ENTENTE_SITE names another built site than build/web/site.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {openBrowser} from '../../browser/lib/browser.mjs';
import {root, site} from '../../browser/lib/paths.mjs';
import {serve} from '../../../scripts/serve.mjs';
import {buildPeers, servePeers} from './peers.mjs';
import {makePlan} from './plan.mjs';
import {runOurs, runPeer} from './programs.mjs';

const kLimitMs = 240000;  // for one program and one plan
const kPrograms = ['ours', 'svar', 'dhtmlx'];
// What must hold: the most that the ratio to the better peer may be.
const kWanted = {10000: {view: 0.15, edit: 0.22, scroll: 0.9, memory: 0.8, together: 1.1},
    100000: {view: 0.035, edit: 0.03, scroll: 0.75, memory: 0.55, together: 1.1}};

function parse(values) {
    const options = {sizes: [100, 1000, 10000, 100000], repeats: 3};
    for (let at = 0; at < values.length; ++at) {
        if (values[at] === '--quick') Object.assign(options, {sizes: [1000, 10000], repeats: 1});
        else if (values[at] === '--sizes') options.sizes = values[++at].split(',').map(Number);
        else if (values[at] === '--repeats') options.repeats = Number(values[++at]);
        else throw new Error(`not understood: ${values[at]}`);
    }
    if (!options.sizes.every((n) => n >= 20 && n <= 200000) || !(options.repeats >= 1)) throw new Error('sizes or repeats out of range');
    return options;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function limited(promise, milliseconds) {
    let timer;
    const limit = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done in ${milliseconds / 1000} s`)), milliseconds);
    });
    return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

async function once(program, plan, places) {
    const browser = await openBrowser({colorScheme: 'light', arguments: ['--disable-frame-rate-limit', '--disable-gpu-vsync']});
    try {
        const page = browser.context.pages()[0] ?? await browser.context.newPage();
        const given = {profile: browser.folder, plan, folder: places.folder, offer: places.peers.offer};
        const work = program === 'ours' ? runOurs(page, {...given, address: places.ours.address})
            : runPeer(page, {...given, address: `${places.peers.address}${program}/`});
        const found = await limited(work, kLimitMs);
        return {view: found.view, edit: median(found.edit), scroll: median(found.scroll), memory: found.renderer,
            together: found.renderer + found.gpu, collected: found.collected};
    } finally {
        await browser.close().catch(() => {});
    }
}

// {program: {metric: [figures]}} and why a program failed, over all repeats; the order turns with each.
async function measure(n, repeats, places) {
    const plan = makePlan(n), found = Object.fromEntries(kPrograms.map((name) => [name, []])), reasons = {};
    for (let repeat = 0; repeat < repeats; ++repeat) {
        for (let i = 0; i < kPrograms.length; ++i) {
            const program = kPrograms[(i + repeat) % kPrograms.length];
            if (reasons[program]) continue;
            try {
                const figures = await once(program, plan, places);
                found[program].push(figures);
                const words = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(1)}`);
                console.log(`  ${n} ${program}: ${words.join(', ')}`);
            } catch (error) {
                reasons[program] = error.message.split('\n')[0];
                console.log(`  ${n} ${program}: failed: ${reasons[program]}`);
            }
        }
    }
    return {found, reasons};
}

function summary(n, {found, reasons}) {
    return ['view', 'edit', 'scroll', 'memory', 'together', 'collected'].map((metric) => {
        const of = (program) => (found[program].length ? Number(median(found[program].map((one) => one[metric])).toFixed(2)) : null);
        const line = {n, metric, ours: of('ours'), svar: of('svar'), dhtmlx: of('dhtmlx'), ratio: null};
        const peers = [line.svar, line.dhtmlx].filter((value) => value !== null);
        if (line.ours !== null && peers.length) line.ratio = Number((line.ours / Math.min(...peers)).toFixed(4));
        for (const [program, reason] of Object.entries(reasons)) if (line[program] === null) line[`${program}_reason`] = reason;
        return line;
    });
}

function print(lines) {
    const heads = ['ours', 'svar', 'dhtmlx', 'ratio', 'wanted'].map((name) => name.padStart(10));
    console.log(`\n${'tasks'.padStart(7)}  ${'metric'.padEnd(9)} ${heads.join(' ')}`);
    for (const line of lines) {
        const unit = ['memory', 'together', 'collected'].includes(line.metric) ? 'MB' : 'ms', wanted = kWanted[line.n]?.[line.metric];
        const cell = (value) => (value === null ? 'failed' : `${value.toFixed(1)} ${unit}`).padStart(10);
        const verdict = wanted === undefined || line.ratio === null ? '' : `<= ${wanted}${line.ratio <= wanted ? '' : ' !'}`;
        console.log(`${String(line.n).padStart(7)}  ${line.metric.padEnd(9)} ${cell(line.ours)} ${cell(line.svar)} ${cell(line.dhtmlx)} `
            + `${(line.ratio === null ? '-' : line.ratio.toFixed(3)).padStart(10)} ${verdict.padStart(10)}`);
    }
}

const options = parse(process.argv.slice(2));
const folder = mkdtempSync(path.join(os.tmpdir(), 'entente-gantt-'));
const {site: pages, versions} = await buildPeers(path.join(root, 'build/bench/gantt'));
console.log(`SVAR Gantt ${versions.svar}, DHTMLX Gantt ${versions.dhtmlx} (both MIT, free editions); ${options.repeats} repeats`);
const places = {folder, ours: await serve({root: site}), peers: await servePeers(pages)};
const lines = [];
try {
    for (const n of options.sizes) lines.push(...summary(n, await measure(n, options.repeats, places)));
} finally {
    await places.ours.close();
    await places.peers.close();
    rmSync(folder, {recursive: true, force: true});
}
print(lines);
mkdirSync(path.join(root, 'build/bench'), {recursive: true});
// Further figures of memory stand with the memory of their plan: with the GPU process, and after a forced collection.
const others = {with_gpu: 'together', after_collection: 'collected'};
const kept = lines.filter((line) => !Object.values(others).includes(line.metric)).map((line) => {
    if (line.metric !== 'memory') return line;
    const of = (metric) => {
        const {ours, svar, dhtmlx, ratio} = lines.find((other) => other.n === line.n && other.metric === metric);
        return {ours, svar, dhtmlx, ratio};
    };
    return {...line, ...Object.fromEntries(Object.entries(others).map(([name, metric]) => [name, of(metric)]))};
});
writeFileSync(path.join(root, 'build/bench/gantt.json'), `${JSON.stringify(kept, null, 1)}\n`);
