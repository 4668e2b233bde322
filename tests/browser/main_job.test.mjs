// The main job, end to end, in real Chromium: from an empty folder to an agreed change and a status link. Driven by role and
// name through the mirror alone: no coordinates. With the real schedule where it is at hand, else with the sample project.
import {existsSync} from 'node:fs';
import {execFileSync} from 'node:child_process';
import path from 'node:path';

import {axeViolations, openBrowser, settle, stats, watch} from './lib/browser.mjs';
import {root, shared, site} from './lib/paths.mjs';
import {makeWorkspace} from './lib/program.mjs';
import {assert, eventually, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const kHouse = 'Harbour Post';
const kPassphrase = 'a long enough passphrase';
const schedule = path.join(shared, 'feature-post.csv');
const real = existsSync(schedule);
if (!real) console.log('note: the real schedule is not here; the sample project stands in for it');

const mirror = (page) => page.locator('#mirror');
const room = (page, name) => mirror(page).getByRole('link', {name: new RegExp(`^${name}`)}).click();
const text = async (page, wanted) => mirror(page).getByText(wanted).first().waitFor({timeout: 30000});

async function takeInPlan(page) {
    if (!real) {
        await mirror(page).getByRole('button', {name: /sample/i}).first().click();
        return;
    }
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'),
        mirror(page).getByRole('button', {name: /^Import/}).first().click()]);
    await chooser.setFiles(schedule);
    const begins = mirror(page).getByRole('textbox', {name: 'Begins on'});
    await begins.fill('2 Mar 2027');
    await begins.press('Enter');
    await text(page, /Tue 2 Mar 2027/);
    await mirror(page).getByRole('button', {name: /^Import 28 tasks/}).click();
}

// What the program shows of a table, as rows of cell texts.
const rows = (page) => mirror(page).getByRole('row').evaluateAll((all) => all.map((row) =>
    [...row.querySelectorAll('[role=cell],[role=gridcell],[role=rowheader]')].map((cell) => cell.textContent.trim())));

// The command line's answer for the same file: another build of the same core, checked against other programs in its own tests.
function expected() {
    const program = path.join(root, 'build/native/entente');
    if (!real || !existsSync(program)) return null;
    return JSON.parse(execFileSync(program, ['schedule', schedule, '--start', '2027-03-02', '--format', 'json'], {encoding: 'utf8'}));
}

const shortDay = (iso) => new Date(`${iso.slice(0, 10)}T00:00Z`)
    .toLocaleDateString('en-GB', {weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC'})
    .replace(',', '').replace('Sept', 'Sep');

test('an empty browser becomes a workspace, and says that it is saved', async ({page, address}) => {
    const begun = Date.now();
    await makeWorkspace(page, address, kHouse, kPassphrase);
    figure('new workspace made (with key derivation)', `${Date.now() - begun} ms`);
    await text(page, /Saved on this laptop/);
});

test('a schedule comes in after a preview, and its finish and critical chain are right', async ({page}) => {
    await takeInPlan(page);
    await room(page, 'Plan');
    await text(page, /critical/);
    const want = expected();
    if (!want) return;
    const critical = want.tasks.filter((task) => task.critical).length;
    await mirror(page).getByText(`${critical} critical`).first().waitFor();
    figure('critical tasks, as the command line has them', critical);
    await mirror(page).getByRole('button', {name: 'Table'}).or(mirror(page).getByRole('radio', {name: 'Table'}))
        .or(mirror(page).getByRole('tab', {name: 'Table'})).first().click();
    await mirror(page).getByRole('columnheader', {name: 'Task'}).waitFor();
    await settle(page);
    const shown = await rows(page);
    let compared = 0;
    for (const task of want.tasks) {
        const row = shown.find((cells) => cells.includes(task.name));
        if (!row) continue;
        compared += 1;
        assert.ok(row.includes(shortDay(task.early_finish)), `${task.name}: ${task.early_finish} is not in ${row.join(' | ')}`);
    }
    assert.ok(compared >= 10, `only ${compared} rows were found`);
    figure('rows of the table whose finish agrees with the command line', compared);
});

test('a change that reopens picture lock by 5 days moves each promise and has a price', async ({page}) => {
    await room(page, 'Changes');
    await mirror(page).getByRole('button', {name: /New request|Write down a request/}).first().click();
    await mirror(page).getByRole('textbox', {name: "In the client's words"}).fill('We would like to recut the ending');
    await mirror(page).getByRole('textbox', {name: 'Asked by'}).fill("the client's producer");
    await mirror(page).getByRole('button', {name: 'Work out what it does'}).click();
    await text(page, /recut the ending/);
    await mirror(page).getByRole('combobox', {name: 'What is reopened'}).click();
    await mirror(page).getByRole('option', {name: 'Picture lock'}).click();
    const days = mirror(page).getByRole('textbox', {name: 'For how long'});
    await days.fill('5');
    await days.press('Enter');
    await mirror(page).getByRole('button', {name: 'Add to the change'}).click();
    await settle(page);
    const moved = (await rows(page)).filter((cells) => cells.some((cell) => /\+5 days|5 working days|^\+5/.test(cell)));
    assert.ok(moved.length >= 2, `promises that move by 5 days: ${JSON.stringify(await rows(page))}`);
    figure('promises that move by 5 working days', moved.length);
    const price = await mirror(page).getByText(/£3,000/).first().textContent();
    assert.ok(price, 'the editor\'s 40 hours at £75');
});

test('agreed, undone and done again: the plan, the baseline and the contract move together', async ({page, state}) => {
    await mirror(page).getByRole('button', {name: /^Agree/}).first().click();
    await mirror(page).getByRole('textbox', {name: 'Who agreed, for the client'}).fill("the client's producer");
    await mirror(page).getByRole('dialog').getByRole('button', {name: 'Agree', exact: true}).click();
    await text(page, /Agreed on change CR-/);
    await page.keyboard.press('Control+z');
    await text(page, /Undone: Agreed on change/);
    await page.keyboard.press('Control+Shift+Z');
    await text(page, /Done again: Agreed on change/);
    await room(page, 'Plan');
    await settle(page);
    state.promises = await mirror(page).getByRole('main').first().evaluate((main) => main.innerText ?? main.textContent);
});

test('a link opens in another browser for someone who has nothing but the link', async ({page, context, address, state}) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await room(page, 'Share');
    await mirror(page).getByRole('textbox', {name: /^For whom/}).first().fill('the producer');
    await mirror(page).getByRole('button', {name: 'Make the link'}).click();
    await text(page, /The link for the producer is ready/);
    await mirror(page).getByRole('button', {name: 'Copy the link', exact: true}).click();
    await text(page, /The link is copied/);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /^http.*status\.html#e1i\./);
    figure('characters of the link', link.length);
    const other = await openBrowser();
    try {
        const visitor = await other.context.newPage();
        const seen = watch(visitor, address);
        const begun = Date.now();
        await visitor.goto(link);
        await visitor.getByRole('heading', {level: 1}).waitFor();
        figure('status page shown', `${Date.now() - begun} ms`);
        await visitor.getByText('Picture lock').first().waitFor();
        assert.deepEqual(await axeViolations(visitor), []);
        assert.deepEqual(seen.problems, []);
    } finally {
        await other.close();
    }
    state.sequence = (await stats(page)).sequence;
});

test('reload, wrong passphrase, unlock: the same state is there', async ({page, state}) => {
    await eventually(async () => { const now = await stats(page); return now.durable_sequence === now.sequence; }, true, 30000);
    await page.reload();
    const field = page.getByLabel('Passphrase', {exact: true});
    await field.fill('not the passphrase');
    await page.getByRole('button', {name: 'Unlock'}).click();
    await page.getByRole('alert').filter({hasText: /passphrase/i}).first().waitFor({timeout: 60000});
    await field.fill(kPassphrase);
    await page.getByRole('button', {name: 'Unlock'}).click();
    await mirror(page).getByRole('link', {name: /^Plan/}).waitFor({timeout: 60000});
    assert.equal((await stats(page)).sequence, state.sequence);
    await room(page, 'Plan');
    await settle(page);
    assert.equal(await mirror(page).getByRole('main').first().evaluate((main) => main.innerText ?? main.textContent), state.promises);
});

test('with no network it opens and works', async ({page, context, address}) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await eventually(() => page.evaluate(() => navigator.serviceWorker.controller !== null), true, 10000);
    await context.setOffline(true);
    await page.goto(address);
    await page.getByLabel('Passphrase', {exact: true}).fill(kPassphrase);
    await page.getByRole('button', {name: 'Unlock'}).click();
    await mirror(page).getByRole('link', {name: /^Changes/}).waitFor({timeout: 60000});
    await room(page, 'Changes');
    await text(page, /recut the ending/);
    await context.setOffline(false);
});

test('every room: no axe violation, every interactive item has a name', async ({page}) => {
    for (const name of ['Today', 'Plan', 'Changes', 'Share', 'Workspace']) {
        await room(page, name);
        await settle(page);
        assert.deepEqual(await axeViolations(page), [], name);
    }
});

test('idle for 10 seconds: no frame is drawn', async ({page}) => {
    await settle(page, 1500);
    const before = (await stats(page)).frames;
    await page.waitForTimeout(10000);
    const drawn = (await stats(page)).frames - before;
    figure('frames drawn in 10 s of idling', drawn);
    assert.equal(drawn, 0);
});

test('nothing went wrong on the way, and no request left the origin', ({watched}) => {
    assert.deepEqual(watched.problems.filter((problem) => !/ERR_INTERNET_DISCONNECTED/.test(problem)), []);
    figure('requests to another origin', 0);
});

await run({
    before: async () => {
        const server = await serve({root: site, port: 0});
        const address = server.address ?? `http://127.0.0.1:${server.port}/`;
        const browser = await openBrowser({colorScheme: 'dark'});
        const page = await browser.context.newPage();
        return {server, browser, context: browser.context, page, address, watched: watch(page, address), state: {}};
    },
    after: async ({browser, server}) => {
        await browser.close();
        await server.close();
    },
});
