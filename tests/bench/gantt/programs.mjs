// The three programs as the benchmark drives them: each gives {view, edit: [ms], scroll: [ms], renderer, gpu, collected} for one
// plan, in the page of a browser that has just been opened.
import {writeFileSync} from 'node:fs';
import path from 'node:path';

import {settle} from '../../browser/lib/browser.mjs';
import {asColumns, asCsv} from './plan.mjs';
import {memoryOf} from './memory.mjs';

export const kEdits = 7, kFrames = 120, kStep = 72;  // pixels a frame: three rows
// The wheel turns back before the plan ends: after so many frames.
const turn = (plan) => Math.floor(plan.tasks * 0.23);
const edited = (i) => 3 + i;  // rows in view, each a task: the first summary is row 1

// As it stands after the session above, and after the engine was made to collect what it could.
async function weigh(page, profile) {
    await page.waitForTimeout(2000);
    const {renderer, gpu} = memoryOf(profile);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(1000);
    return {renderer, gpu, collected: memoryOf(profile).renderer};
}

export async function runPeer(page, {address, profile, plan, offer}) {
    offer(JSON.stringify(asColumns(plan)));
    await page.goto(address);
    await page.waitForFunction(() => window.bench);
    await page.waitForTimeout(500);
    await page.evaluate(() => window.bench.load('plan.json'));
    const view = await page.evaluate((first) => window.bench.view(first), edited(0));
    await page.waitForTimeout(1000);
    const edit = [];
    for (let i = 0; i < kEdits; ++i) edit.push(await page.evaluate((id) => window.bench.edit(id), edited(i)));
    const scroll = await page.evaluate(([frames, step, turn]) => window.bench.scroll(frames, step, turn), [kFrames, kStep, turn(plan)]);
    return {view, edit, scroll, ...await weigh(page, profile)};
}

// Runs in the page. Does something and waits for the frame that shows it, found in the mirror, to be laid out and handed over to be drawn:
// the peers' clock (page.js).
async function timed([kind, name]) {
    const frame = () => new Promise(requestAnimationFrame), channel = new MessageChannel();
    const task = () => new Promise((resolve) => { channel.port1.onmessage = resolve; channel.port2.postMessage(0); });
    const rest = () => new Promise((resolve) => { setTimeout(resolve, 100); });
    const all = (role) => [...document.querySelectorAll(`#mirror ${role}`)], label = (one) => one.ariaLabel ?? one.textContent;
    const row = () => all('[role=row]').map(label).find((text) => text.startsWith(`${name},`));
    const press = all('button').find((one) => (kind === 'view' ? /^Import [\d,]+ tasks/ : /^One day longer/).test(label(one)));
    const before = row();
    await frame();
    await task();
    await rest();
    const begun = performance.now();
    press.click();
    do await frame(); while (row() === before);
    await task();
    return performance.now() - begun;
}

async function scrollOurs([frames, step, turn]) {
    const frame = () => new Promise(requestAnimationFrame);
    const canvas = document.querySelector('#canvas');
    const drawn = window.entente.stats().frames, times = [];
    await frame();
    let last = performance.now();
    for (let i = 0; i < frames; ++i) {
        const deltaY = Math.floor(i / turn) % 2 ? -step : step;
        canvas.dispatchEvent(new WheelEvent('wheel', {deltaY, clientX: 700, clientY: 400, bubbles: true, cancelable: true}));
        await frame();
        const now = performance.now();
        times.push(now - last);
        last = now;
    }
    if (window.entente.stats().frames - drawn < frames * 0.9) throw new Error('not every frame was drawn anew');
    return times;
}

export async function runOurs(page, {address, profile, plan, folder}) {
    const file = path.join(folder, `plan-${plan.tasks}.csv`);
    writeFileSync(file, asCsv(plan));
    const mirror = page.locator('#mirror');
    await page.goto(address);
    await page.getByRole('button', {name: 'Try the sample'}).click();
    await mirror.getByRole('link', {name: /^Workspace/}).click();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), mirror.getByRole('button', {name: /^Import/}).first().click()]);
    await chooser.setFiles(file);
    await mirror.getByRole('button', {name: /^Import [\d,]+ tasks/}).waitFor({timeout: 120000});
    await settle(page);
    // The preview has scheduled and checked the plan already; that belongs to the view.
    const ahead = await page.evaluate(() => window.entente.stats().preview_ms);
    const view = ahead + await page.evaluate(timed, ['view', 'Shot 3']);
    await page.waitForTimeout(1000);
    const edit = [];
    for (let i = 0; i < kEdits; ++i) {
        const name = `Shot ${edited(i)}`;
        await mirror.getByRole('row', {name: new RegExp(`^${name},`)}).first().click();
        await mirror.getByRole('heading', {name, exact: true}).waitFor();
        await settle(page);
        edit.push(await page.evaluate(timed, ['edit', name]));
    }
    await page.mouse.move(700, 400);
    await page.keyboard.press('Escape');
    await settle(page);
    const scroll = await page.evaluate(scrollOurs, [kFrames, kStep, turn(plan)]);
    return {view, edit, scroll, ...await weigh(page, profile)};
}
