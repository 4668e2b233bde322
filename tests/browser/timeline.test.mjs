// The timeline in real Chromium: moved, made longer, linked with the pointer and with the keyboard alone, filtered, grouped, printed.
// Things are found by role and name; where a bar stands is found as a person finds it, by the pointer's shape over the row's element.
import {readFileSync} from 'node:fs';

import {axeViolations, openBrowser, settle, watch} from './lib/browser.mjs';
import {load, site} from './lib/paths.mjs';
import {assert, eventually, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const mirror = (page) => page.locator('#mirror');
const row = (page, name) => mirror(page).getByRole('row', {name: new RegExp(`^${name},`)}).first();
const words = async (page, name) => (await row(page, name).getAttribute('aria-label')) ?? (await row(page, name).textContent());
const cursor = (page) => page.evaluate(() => document.getElementById('stage').style.cursor);
const button = (page, name) => mirror(page).getByRole('button', {name});

async function pointer(page, x, y) {
    await page.mouse.move(x, y);
    await settle(page, 40);
    return cursor(page);
}

// The right end of a row's bar, and the middle of the row: where the pointer says that a length can be changed.
async function barEnd(page, name) {
    const at = await row(page, name).boundingBox();
    const y = Math.round(at.y + at.height / 2);
    for (let x = Math.round(at.x + at.width) - 6; x > at.x + 220; x -= 4) {
        if (await pointer(page, x, y) === 'ew-resize') return {x, y};
    }
    return assert.fail(`no end of a bar in the row of ${name}`);
}

async function drag(page, from, to, {letGo = true} = {}) {
    await pointer(page, from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, {steps: 3});
    await page.mouse.move(to.x, to.y, {steps: 3});
    await settle(page, 80);
    if (letGo) await page.mouse.up();
    await settle(page);
}

const links = async (page, name) => {
    await row(page, name).click();
    await mirror(page).getByRole('heading', {name, exact: true}).waitFor();
    const text = await button(page, /links? to other tasks/).first().evaluate((one) => one.ariaLabel ?? one.textContent);
    return Number(/\d+/.exec(text)[0]);
};

async function undo(page) {
    await page.keyboard.press('Control+z');
    await settle(page);
}

test('a bar is made longer by its end, once, and Esc gives a drag up', async ({page}) => {
    const before = await words(page, 'Grade'), end = await barEnd(page, 'Grade');
    await drag(page, end, {x: end.x + 90, y: end.y}, {letGo: false});
    assert.equal(await words(page, 'Grade'), before, 'nothing is done before the button is let go');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await settle(page);
    assert.equal(await words(page, 'Grade'), before, 'Esc gives it up');
    await drag(page, end, {x: end.x + 90, y: end.y});
    const after = await words(page, 'Grade');
    assert.notEqual(after, before);
    assert.match(after, /Grade, .*, \d+ days/);
    await undo(page);
    assert.equal(await words(page, 'Grade'), before, 'one undo takes it back');
});

test('while a bar is dragged the effect on each promise is on screen', async ({page}) => {
    const end = await barEnd(page, 'Grade');
    await drag(page, end, {x: end.x + 160, y: end.y}, {letGo: false});
    const during = await page.screenshot();
    await page.keyboard.press('Escape');
    await settle(page, 80);
    const after = await page.screenshot();
    await page.mouse.up();
    await settle(page);
    assert.ok(!during.equals(after), 'the sheet beside the pointer is gone after Esc');
});

test('a bar is moved by its middle', async ({page}) => {
    const before = await words(page, 'Grade'), end = await barEnd(page, 'Grade');
    let middle = end.x;
    while (await pointer(page, middle, end.y) !== 'pointer') middle -= 3;
    middle -= 6;
    await drag(page, {x: middle, y: end.y}, {x: middle + 100, y: end.y});
    const after = await words(page, 'Grade');
    assert.notEqual(after, before);
    assert.equal(/(\d+ days)/.exec(after)[1], /(\d+ days)/.exec(before)[1], 'its length stays');
    await undo(page);
    assert.equal(await words(page, 'Grade'), before);
});

test('a line from bar to bar links them; the other way round is refused in words', async ({page}) => {
    const before = await links(page, 'Grade');
    await page.keyboard.press('Escape');
    await settle(page);
    const effects = await barEnd(page, 'Visual effects'), grade = await row(page, 'Grade').boundingBox();
    await drag(page, {x: effects.x + 14, y: effects.y}, {x: effects.x + 30, y: grade.y + grade.height / 2});
    assert.equal(await links(page, 'Grade'), before + 1);
    await page.keyboard.press('Escape');
    await settle(page);
    const end = await barEnd(page, 'Grade'), conform = await row(page, 'Conform').boundingBox();
    await drag(page, {x: end.x + 14, y: end.y}, {x: end.x + 20, y: conform.y + conform.height / 2});
    await eventually(() => page.evaluate(() => document.getElementById('live-assertive').textContent), (text) => /circle/.test(text));
    assert.equal(await links(page, 'Grade'), before + 1, 'a circle is not made');
    await undo(page);
    assert.equal(await links(page, 'Grade'), before);
    await page.keyboard.press('Escape');
    await settle(page);
});

test('by keyboard alone: rows, length, day, opening', async ({page}) => {
    await row(page, 'Conform').focus();
    await page.keyboard.press('ArrowDown');
    await settle(page);
    const focused = () => page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.textContent);
    await eventually(focused, (text) => /^Grade,/.test(text));
    const before = await words(page, 'Grade');
    const days = (text) => Number(/(\d+) days/.exec(text)[1]);
    await page.keyboard.press('+');
    await settle(page);
    assert.equal(days(await words(page, 'Grade')), days(before) + 1);
    await page.keyboard.press('-');
    await settle(page);
    assert.equal(await words(page, 'Grade'), before);
    await page.keyboard.press('Shift+ArrowRight');
    await settle(page);
    assert.notEqual(await words(page, 'Grade'), before);
    await undo(page);
    assert.equal(await words(page, 'Grade'), before);
    await row(page, 'Titles').focus();
    await page.keyboard.press('Enter');
    await mirror(page).getByRole('heading', {name: 'Titles', exact: true}).waitFor();
    assert.ok(await mirror(page).getByRole('list', {name: 'Why this date?'}).isVisible());
    await page.keyboard.press('Escape');
    await settle(page);
});

// Keys and moves of the focus within one task of the browser: no frame can come between them.
const atOnce = (page, steps) => page.evaluate((all) => {
    const rows = [...document.querySelectorAll('#mirror [role=row]')];
    const focus = (name) => rows.find((one) => (one.ariaLabel ?? one.textContent).startsWith(`${name},`)).focus();
    const press = (name) => {
        for (const type of ['keydown', 'keyup']) {
            const event = new KeyboardEvent(type, {key: name, code: name, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }
    };
    const leave = () => window.dispatchEvent(new Event('blur'));
    const steps = {focus, press, leave};
    for (const [what, name] of all) steps[what](name);
}, steps);

test('keys that are quicker than the pictures reach the row that had the focus when they were pressed', async ({page}) => {
    const focused = () => page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.textContent);
    await row(page, 'Conform').focus();
    await settle(page);
    const names = [];
    for (let step = 0; step < 3; ++step) {
        await page.keyboard.press('ArrowDown');
        await settle(page);
        names.push((await focused()).split(',')[0]);
    }
    assert.equal(names[0], 'Grade');
    await atOnce(page, [['focus', 'Conform'], ['press', 'ArrowDown']]);
    await eventually(focused, (text) => text.startsWith(`${names[0]},`));
    await settle(page);
    await atOnce(page, [['focus', 'Conform'], ['press', 'ArrowDown'], ['press', 'ArrowDown'], ['press', 'ArrowDown']]);
    await eventually(focused, (text) => text.startsWith(`${names[2]},`));
    await settle(page);
    const length = async (name) => /\d+ days/.exec(await words(page, name))[0];
    const before = [await length('Conform'), await length('Grade')];
    await atOnce(page, [['focus', 'Grade'], ['press', 'NumpadAdd'], ['focus', 'Conform']]);
    await eventually(() => length('Grade'), (days) => days !== before[1]);
    assert.equal(await length('Conform'), before[0]);
    await undo(page);
    await eventually(() => length('Grade'), before[1]);
    // The window may lose the keyboard before the picture shows where the focus went.
    await atOnce(page, [['focus', 'Grade'], ['press', 'NumpadAdd'], ['leave']]);
    await eventually(() => length('Grade'), (days) => days !== before[1]);
    assert.equal(await length('Conform'), before[0]);
    await undo(page);
    await eventually(() => length('Grade'), before[1]);
});

test('one press moves by one row, however slow the pictures are', async ({page}) => {
    const focused = () => page.evaluate(() => (document.activeElement.ariaLabel ?? document.activeElement.textContent).split(',')[0]);
    await row(page, 'Conform').focus();
    await settle(page);
    await page.evaluate(() => {
        window.quickly = window.requestAnimationFrame;
        window.requestAnimationFrame = (draw) => window.quickly((time) => {
            for (const end = performance.now() + 170; performance.now() < end;);
            draw(time);
        });
    });
    try {
        for (const [key, name] of [['ArrowDown', 'Grade'], ['ArrowUp', 'Conform'], ['ArrowDown', 'Grade']]) {
            await page.keyboard.press(key, {delay: 80});
            await settle(page, 600);
            assert.equal(await focused(), name);
        }
    } finally {
        await page.evaluate(() => { window.requestAnimationFrame = window.quickly; });
    }
});

test('filters, groups and closed groups', async ({page}) => {
    const count = () => mirror(page).getByRole('row').count();
    const all = await count();
    await button(page, 'Filter').click();
    await settle(page);
    const search = mirror(page).getByRole('searchbox', {name: 'Find in the plan'});
    await search.fill('grade');
    await eventually(count, (found) => found > 0 && found < all);
    await row(page, 'Grade').waitFor();
    await search.fill('');
    await eventually(count, (found) => found > 5);
    await mirror(page).getByRole('checkbox', {name: 'Critical'}).click();
    await settle(page);
    for (const label of await mirror(page).getByRole('row').evaluateAll((all) => all.map((one) => one.ariaLabel ?? '')))
        if (label.includes(',')) assert.match(label, /critical/);
    await mirror(page).getByRole('checkbox', {name: 'Critical'}).click();
    await settle(page);
    const open = await count();
    await button(page, 'Hide what is under Edit').click();
    await eventually(count, (found) => found < open || found === open);
    await button(page, 'Show what is under Edit').waitFor();
    assert.deepEqual(await axeViolations(page), []);
    await button(page, 'Show what is under Edit').click();
    await button(page, /^Filter/).click();
    await settle(page);
});

test('a page to print is made', async ({page}) => {
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Make a page to print').click()]);
    const html = readFileSync(await download.path(), 'utf8');
    assert.match(html, /^<!doctype html>/);
    assert.match(html, /Picture lock/);
    assert.doesNotMatch(html, /<script|https?:/);
});

test('painted, and drawn by WebGL2: one picture', async ({browser, server}) => {
    const {PNG} = load('pngjs');
    const picture = async (renderer) => {
        const page = await browser.context.newPage();
        await page.addInitScript((wish) => localStorage.setItem('entente.renderer', wish), renderer);
        await page.goto(server.address);
        await page.getByRole('button', {name: 'Try the sample'}).click();
        await row(page, 'Grade').waitFor({timeout: 30000});
        await page.mouse.move(2, 2);
        await settle(page);
        const is = await page.evaluate(() => (document.getElementById('canvas').getContext('webgl2') ? 'webgl2' : 'paint'));
        assert.equal(is, renderer);
        const made = PNG.sync.read(await page.screenshot());
        await page.evaluate(() => localStorage.removeItem('entente.renderer'));
        await page.close();
        return made;
    };
    const painted = await picture('paint'), drawn = await picture('webgl2');
    // Colour values that are further apart than rounding makes them.
    let far = 0;
    for (let at = 0; at < painted.data.length; ++at) far += Math.abs(painted.data[at] - drawn.data[at]) > 24 ? 1 : 0;
    // Edges smoothed over one pixel fall a little otherwise: at most one value in a thousand.
    assert.ok(far * 1000 < painted.data.length, `${far} of ${painted.data.length} values differ`);
});

test('nothing went wrong', ({watched}) => assert.deepEqual(watched.problems, []));

await run({
    before: async () => {
        const server = await serve({root: site});
        const browser = await openBrowser({colorScheme: 'dark', acceptDownloads: true});
        const page = await browser.context.newPage();
        const watched = watch(page, server.address);
        await page.goto(server.address);
        await page.getByRole('button', {name: 'Try the sample'}).click();
        await row(page, 'Grade').waitFor({timeout: 30000});
        await settle(page);
        return {server, browser, page, watched};
    },
    after: async ({browser, server}) => {
        await browser.close();
        await server.close();
    },
});
