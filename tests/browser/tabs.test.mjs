// One workspace in two tabs of one browser: the second one reads and follows, and takes over when it is asked to; a tab that slept while
// its turn was taken says so, and loses nothing that was saved.
import {openBrowser, settle, stats, watch} from './lib/browser.mjs';
import {site} from './lib/paths.mjs';
import {makeWorkspace, saved} from './lib/program.mjs';
import {assert, eventually, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const kPassphrase = 'a long enough passphrase';
const mirror = (page) => page.locator('#mirror');

async function unlock(page, address) {
    await page.goto(address);
    await page.getByLabel('Passphrase', {exact: true}).fill(kPassphrase);
    const began = Date.now();
    await page.getByRole('button', {name: 'Unlock'}).click();
    await mirror(page).getByRole('link', {name: /^Workspace/}).waitFor({timeout: 90000});
    figure('unlocking, ms', Date.now() - began);
}

async function house(page) {
    await page.bringToFront();  // a tab behind another draws no frames
    await mirror(page).getByRole('link', {name: /^Workspace/}).click();
    return mirror(page).getByRole('textbox', {name: 'Name of the house'});
}

async function rename(page, name) {
    const field = await house(page);
    await field.fill(name);
    await field.press('Enter');
    await settle(page, 60);
}

const named = async (page, name) => {
    const field = await house(page);
    await eventually(() => field.inputValue(), name, 30000);
};
const readOnly = (page) => mirror(page).getByRole('status').filter({hasText: 'Read only: open in another tab'});

test('the second tab reads, says why, and changes nothing', async ({first, second, address}) => {
    await makeWorkspace(first, address, 'Harbour Post', kPassphrase);
    await saved(first, 30000);
    await unlock(second, address);
    await readOnly(second).waitFor();
    await named(second, 'Harbour Post');
    const before = await stats(second);
    await rename(second, 'Not here');
    await mirror(second).getByRole('alert').filter({hasText: /Another tab has this workspace open/}).waitFor();
    assert.equal((await stats(second)).sequence, before.sequence);
});

test('what is done in the first tab appears in the second', async ({first, second}) => {
    await rename(first, 'Quay Street Post');
    await saved(first, 30000);
    const {sequence} = await stats(first);
    await second.bringToFront();
    const asked = Date.now();
    await eventually(async () => (await stats(second)).sequence, sequence, 10000);
    figure('an edit is in the other tab within, ms', Date.now() - asked);
    await named(second, 'Quay Street Post');
    // A tab in the background hears it too.
    await rename(first, 'Lock Street Post');
    await saved(first, 30000);
    const {sequence: later} = await stats(first);
    await second.bringToFront();
    await eventually(async () => (await stats(second)).sequence, later, 10000);
});

test('the second takes over; the first says so and follows', async ({first, second}) => {
    await second.bringToFront();
    await mirror(second).getByRole('button', {name: 'Write here'}).click();
    await readOnly(second).waitFor({state: 'detached', timeout: 15000});
    await rename(second, 'Second tab');
    await saved(second, 30000);
    await first.bringToFront();
    await readOnly(first).waitFor({timeout: 15000});
    await named(first, 'Second tab');
    // And back again.
    await first.keyboard.press('Control+s');
    await readOnly(first).waitFor({state: 'detached', timeout: 15000});
    await rename(first, 'First tab again');
    await saved(first, 30000);
    await second.bringToFront();
    await readOnly(second).waitFor({timeout: 15000});
    await named(second, 'First tab again');
});

test('both copies come to the tab that writes', async ({first}) => {
    await first.bringToFront();
    await eventually(async () => {
        await first.keyboard.press('Control+s');
        return mirror(first).getByRole('status').filter({hasText: /^Saved on this laptop/}).count();
    }, 1, 30000);
});

test('a lock that is stolen: the robbed tab writes nothing more and says so', async ({first, second, context, address}) => {
    // As the browser does when the tab that has the lock does not answer.
    await second.bringToFront();
    await second.evaluate(() => new Promise((resolve) => {
        void navigator.locks.request('entente', {steal: true}, () => { resolve(); });
    }));
    await readOnly(first).waitFor({timeout: 15000}).catch(() => {});
    const {sequence} = await stats(first);
    await rename(first, 'Too late');
    await mirror(first).getByRole('alert').or(readOnly(first)).first().waitFor();
    assert.equal((await stats(first)).sequence, sequence);
    const third = await context.newPage();
    await unlock(third, address);
    await named(third, 'First tab again');
    await third.close();
});

test('no error but those asked for', ({watched}) => assert.deepEqual(watched.flatMap((one) => one.problems), []));

await run({
    before: async () => {
        const server = await serve({root: site});
        const browser = await openBrowser({colorScheme: 'dark'});
        const first = browser.context.pages()[0] ?? await browser.context.newPage(), second = await browser.context.newPage();
        return {server, browser, context: browser.context, first, second, address: server.address,
            watched: [watch(first, server.address), watch(second, server.address)]};
    },
    after: async ({browser, server}) => {
        await browser.close();
        await server.close();
    },
});
