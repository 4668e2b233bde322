// What opens a workspace and how it is got back, as a person does it: the recovery key typed back, a backup saved, tried and opened in
// an empty browser, a new passphrase, and the screen for a workspace whose records are gone.
import path from 'node:path';

import {axeViolations, emptyFiles, settle} from './lib/browser.mjs';
import {dismiss, mirror, press, room, runEmpty, saved, says, unlock} from './lib/program.mjs';
import {assert, eventually, test} from './lib/suite.mjs';

const kPassphrase = 'a long enough passphrase', kAnother = 'lantern kite moss quay';
const button = (page, name) => page.getByRole('button', {name, exact: typeof name === 'string'});
const heading = (page, name) => page.getByRole('heading', {name}).waitFor({timeout: 30000});
const problem = (page, wanted) => eventually(() => page.locator('#problem').textContent(), (text) => wanted.test(text ?? ''));
const opened = (page) => mirror(page).getByRole('link', {name: /^Workspace/}).waitFor({timeout: 90000});

async function lock(page) {
    await room(page, 'Workspace');
    await dismiss(page);
    await Promise.all([page.waitForEvent('load'), mirror(page).getByRole('button', {name: 'Lock now'}).click()]);
    await heading(page, 'Open your workspace');
}

// Everything this browser keeps, gone; the witness stays.
const wipe = (page) => emptyFiles(page).then(() => page.evaluate(async () => {
    await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('entente');
        request.onsuccess = resolve;
        request.onerror = reject;
    });
}));

// At the first visit the database answers only once this is called.
async function slowStorage(page) {
    await page.addInitScript(() => {
        if (location.protocol === 'about:' || sessionStorage.getItem('answered')) return;
        const open = IDBFactory.prototype.open;
        const held = new Promise((resolve) => { window.letAnswer = resolve; });
        IDBFactory.prototype.open = function (...given) {
            const request = open.apply(this, given);
            Object.defineProperty(request, 'onsuccess', {set(answer) {
                request.addEventListener('success', (event) => held.then(() => answer.call(request, event)));
            }});
            return request;
        };
    });
    return () => page.evaluate(async () => {
        sessionStorage.setItem('answered', '1');
        window.letAnswer();
        await new Promise((resolve) => setTimeout(resolve, 500));
    });
}

test('the recovery key is shown, also before the storage answers, and has to be typed back', async ({page, address, state, watched}) => {
    const answer = await slowStorage(page);
    await page.goto(address);
    await page.getByLabel('Name of your house').fill('Harbour Post');
    await page.getByLabel('Passphrase', {exact: true}).fill(kPassphrase);
    await page.getByLabel('Passphrase again').fill(kPassphrase);
    await button(page, 'Make workspace').click();
    await heading(page, 'Your recovery key');
    state.key = await page.locator('#shown-key').getAttribute('aria-label');
    assert.match(state.key, /^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
    await answer();
    assert.equal(await page.locator('#shown-key').getAttribute('aria-label'), state.key);
    assert.deepEqual(await axeViolations(page), []);
    await button(page, 'Go on').click();
    await problem(page, /Type the key back first/);
    await page.getByLabel('Type it back').fill(state.key.replace(/^./, (first) => (first === '7' ? '8' : '7')));
    await page.keyboard.press('Enter');
    await problem(page, /not the key that is shown/);
    await page.getByLabel('Type it back').fill(state.key.toLowerCase().replaceAll('-', ' '));
    await page.keyboard.press('Enter');
    await opened(page);
    await saved(page);
    assert.deepEqual(watched.problems, []);
});

test('it opens the workspace', async ({page, state}) => {
    await lock(page);
    await button(page, 'Use the recovery key').click();
    assert.deepEqual(await axeViolations(page), []);
    await page.getByLabel('Recovery key').fill('7'.repeat(56));
    await page.keyboard.press('Enter');
    await problem(page, /./);
    await page.getByLabel('Recovery key').fill(state.key);
    await page.keyboard.press('Enter');
    await opened(page);
});

test('a backup is saved, and tried: it opens, and what is newer is counted', async ({page, state, folder}) => {
    await room(page, 'Workspace');
    await says(page, /No backup from this browser yet/);
    const [download] = await Promise.all([page.waitForEvent('download'),
        mirror(page).getByRole('button', {name: 'Save a backup'}).click()]);
    assert.match(download.suggestedFilename(), /^Harbour-?_?Post.*_seq\d+_[0-9a-f]{8}\.entente$/);
    state.backup = path.join(folder, download.suggestedFilename());
    await download.saveAs(state.backup);
    await says(page, /went to your downloads/);
    await says(page, /all of your work is in it/);
    const pick = async (file) => {
        await dismiss(page);
        const [chooser] = await Promise.all([page.waitForEvent('filechooser'),
            mirror(page).getByRole('button', {name: /^Try a backup/}).click()]);
        await chooser.setFiles(file);
    };
    await pick(state.backup);
    await says(page, /The backup opens, and holds all of your work/);
    await dismiss(page);
    await press(page, 'One minute more');
    await saved(page);
    await pick(state.backup);
    await says(page, /The backup opens\. 1 edit is newer than it/);
    await pick({name: 'holiday.entente', mimeType: 'application/octet-stream', buffer: Buffer.alloc(4000, 7)});
    await mirror(page).getByText(/not a|damaged|no workspace/i).first().waitFor();
});

test('both copies are read through', async ({page}) => {
    await room(page, 'Workspace');
    await dismiss(page);
    await press(page, 'Read both copies');
    await says(page, /The browser's database: \d+ records, all whole\. Its files: \d+ records, all whole/);
});

test('the passphrase is changed: the old one does not open it any more', async ({page}) => {
    await room(page, 'Workspace');
    await dismiss(page);
    await press(page, /^Change the passphrase/);
    await heading(page, 'Change the passphrase');
    assert.deepEqual(await axeViolations(page), []);
    await button(page, 'Back, unchanged').click();
    await opened(page);
    await press(page, /^Change the passphrase/);
    await page.getByLabel('The passphrase there is').fill('not the passphrase');
    await page.getByLabel('New passphrase').fill(kAnother);
    await page.getByLabel('Passphrase again').fill(kAnother);
    await button(page, 'Change it').click();
    await eventually(() => page.locator('#problem').textContent(), (text) => /passphrase/i.test(text ?? ''), 30000);
    await page.getByLabel('The passphrase there is').fill(kPassphrase);
    await button(page, 'Change it').click();
    await opened(page);
    await says(page, /The passphrase is changed/);
    await lock(page);
    await unlock(page, kPassphrase);
    await eventually(() => page.locator('#problem').textContent(), (text) => /passphrase/i.test(text ?? ''), 30000);
    await unlock(page, kAnother);
    await opened(page);
});

test('a wiped browser says so, and the backup brings the work back', async ({page, address, state, watched}) => {
    await lock(page);
    await page.goto('about:blank');
    await page.goto(`${address}status.html`);
    await wipe(page);
    await page.goto(address);
    await page.getByText(/held a workspace, but its records are gone/).waitFor({timeout: 30000});
    assert.deepEqual(await axeViolations(page), []);
    await page.getByText("The browser's database: empty").waitFor();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, /^Open a backup/).click()]);
    await chooser.setFiles(state.backup);
    await heading(page, 'Open a backup');
    assert.deepEqual(await axeViolations(page), []);
    await page.getByLabel('Passphrase or recovery key').fill(kAnother);   // it was made under the old one
    await button(page, 'Open it').click();
    await eventually(() => page.locator('#problem').textContent(), (text) => /passphrase/i.test(text ?? ''), 30000);
    await page.getByLabel('Passphrase or recovery key').fill(kPassphrase);
    await button(page, 'Open it').click();
    await opened(page);
    await says(page, /edits? that this browser once saved (is|are) missing/);
    await settle(page);
    await page.reload();
    await unlock(page, kPassphrase);
    await opened(page);
    assert.deepEqual(watched.problems, []);
});

test('what is left is removed only when a person says so twice', async ({page, address}) => {
    await lock(page);
    await page.goto(`${address}status.html`);
    await wipe(page);
    await page.goto(address);
    await button(page, /^Remove what is left/).click();
    await page.getByText(/It cannot be undone/).waitFor();
    await button(page, 'Erase it for good').click();
    await heading(page, 'Make a workspace');
});

await runEmpty();
