// The program as a person has it in front of them: found by role and name through the mirror, one room after the other. Used by
// the tests that need a plan and no history: they begin with the sample, which is never kept.
import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';

import {axeViolations, openBrowser, settle, stats, watch} from './browser.mjs';
import {root, site} from './paths.mjs';
import {assert, eventually, run} from './suite.mjs';
import {serve} from '../../../scripts/serve.mjs';

export const mirror = (page) => page.locator('#mirror');
export const main = (page) => mirror(page).getByRole('main').first();
export const button = (page, name) => mirror(page).getByRole('button', {name, exact: typeof name === 'string'}).first();
export const field = (page, name) => mirror(page).getByRole('textbox', {name, exact: typeof name === 'string'}).first();
export const tab = (page, name) => mirror(page).getByRole('tab', {name, exact: true});
export const says = (page, words) => mirror(page).getByText(words).first().waitFor();

export const disabled = (page, name) => button(page, name).evaluate((one) => one.getAttribute('aria-disabled') === 'true');

export async function room(page, name) {
    await mirror(page).getByRole('link', {name: new RegExp(`^${name}`)}).click();
    await settle(page, 60);
}

// Everything that was done is durable.
export const saved = (page, milliseconds = 30000) => eventually(async () => {
    const now = await stats(page);
    return now.sequence > 0 && now.durable_sequence === now.sequence;
}, true, milliseconds);

// A new workspace, without a recovery key.
export async function makeWorkspace(page, address, house, passphrase) {
    await page.goto(address);
    await page.getByLabel('Name of your house').fill(house);
    await page.getByLabel('Passphrase', {exact: true}).fill(passphrase);
    await page.getByLabel('Passphrase again').fill(passphrase);
    await page.getByRole('button', {name: 'Make workspace'}).click();
    await page.getByRole('button', {name: /^Go on without a recovery key/}).click();
    await mirror(page).getByRole('link', {name: /^Workspace/}).waitFor({timeout: 90000});
}

export async function unlock(page, passphrase) {
    await page.getByLabel('Passphrase', {exact: true}).fill(passphrase);
    await page.getByRole('button', {name: 'Unlock'}).click();
}

// Takes the notice away that lies over what is at the bottom.
export async function dismiss(page) {
    const cross = mirror(page).getByRole('button', {name: 'Dismiss'});
    // It may go by itself meanwhile. Where it is there, a machine that stood still for a moment is asked again.
    for (const timeout of [2000, 15000]) {
        const error = await cross.click({timeout}).then(() => null, (one) => one);
        if (!error || await cross.count() === 0) break;
        if (timeout > 2000) throw error;
    }
    await settle(page, 60);
}

// Presses a button and waits until what it did is drawn.
export async function press(page, name) {
    await button(page, name).click();
    await settle(page, 60);
}

export async function look(page, name) {
    await tab(page, name).click();
    await settle(page, 60);
}

export async function write(page, name, text) {
    await field(page, name).fill(text);
    await field(page, name).press('Enter');
    await settle(page, 60);
}

// An option is named by its beginning: a task's stage stands behind its name.
export async function choose(page, list, option) {
    const wanted = typeof option === 'string' ? new RegExp(`^${option}( \u00b7|$)`) : option;
    await mirror(page).getByRole('combobox', {name: list, exact: typeof list === 'string'}).first().click();
    await mirror(page).getByRole('option', {name: wanted}).first().click();
    await settle(page, 60);
}

// What a table says: its head and its rows, as texts; an empty cell is not in the mirror. Nor are rows below the fold of a long page:
// make the window high where they are wanted.
export const table = (page, name) => mirror(page).getByRole('table', {name}).or(mirror(page).getByRole('grid', {name})).first()
    .getByRole('row').evaluateAll((rows) => {
        const cells = rows.map((one) => [...one.querySelectorAll('[role=columnheader],[role=rowheader],[role=cell],[role=gridcell]')]);
        const place = (one, index) => Number(one.getAttribute('aria-colindex') ?? index + 1);
        const width = Math.max(...cells.flatMap((all) => all.map(place)));
        return cells.map((all) => {
            const texts = Array(width).fill('');
            all.forEach((one, index) => { texts[place(one, index) - 1] ||= one.textContent.trim(); });
            return texts;
        });
    });

// The row of such a table that begins with `first`, under its column heads.
export function row(rows, first) {
    const found = rows.find((cells) => cells[0] === first);
    assert.ok(found, `no row ${first} in ${JSON.stringify(rows)}`);
    return Object.fromEntries(rows[0].map((head, index) => [head, found[index]]));
}

// £1,234.50 as pence.
export function pence(text) {
    const [, minus, pounds, pennies = '00'] = /([\u2212-]?)£([\d,]+)(?:\.(\d\d))?/.exec(text) ?? assert.fail(`no money in ${text}`);
    return (minus ? -1 : 1) * (Number(pounds.replaceAll(',', '')) * 100 + Number(pennies));
}

// A figure of the form "What it is: £123".
export async function money(page, what) {
    return pence(await mirror(page).getByText(new RegExp(`^${what}: [\u2212-]?£`)).first().textContent());
}

// The command line's answer, or null where it is not built: the same core, checked against other programs in its own tests.
export function commandLine(...args) {
    const program = process.env.ENTENTE_CLI ?? path.join(root, 'build/native/entente');
    if (!existsSync(program)) return null;
    return JSON.parse(execFileSync(program, [...args, '--format', 'json'], {encoding: 'utf8'}));
}

export async function accessible(page, where) {
    await settle(page);
    assert.deepEqual(await axeViolations(page), [], where);
}

// Runs the steps of a test in a browser that has nothing yet. What they get has `state`, for what one step tells the next.
export async function runEmpty(options = {}, begin = async () => {}) {
    await run({
        before: async () => {
            const server = await serve({root: site});
            const browser = await openBrowser({colorScheme: 'dark', acceptDownloads: true, ...options});
            const page = await browser.context.newPage(), {address} = server, {context, folder} = browser;
            const watched = watch(page, address);
            page.setDefaultTimeout(20000);
            await begin(page, address);
            return {server, browser, context, page, address, folder, watched, state: {}};
        },
        after: async ({browser, server}) => {
            await browser.close();
            await server.close();
        },
    });
}

// Runs the steps of a test on the sample project.
export const runOnSample = (options = {}) => runEmpty(options, async (page, address) => {
    page.setDefaultTimeout(15000);
    await page.goto(address);
    await page.getByRole('button', {name: 'Try the sample'}).click();
    await mirror(page).getByRole('link', {name: /^Changes/}).waitFor({timeout: 30000});
    await settle(page);
});
