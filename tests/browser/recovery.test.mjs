// What happens to a workspace whose two copies say different things, or which nobody but its owner should be able to read any more, in
// the program itself: two histories are both shown and both kept, what can be read is opened for looking and for taking out, and
// new keys shut out the old ones.
import path from 'node:path';

import {axeViolations, emptyFiles, settle} from './lib/browser.mjs';
import {dismiss, makeWorkspace, mirror, press, room, runEmpty, saved, unlock} from './lib/program.mjs';
import {assert, eventually, test} from './lib/suite.mjs';

const kPassphrase = 'a long enough passphrase';
const button = (page, name) => page.getByRole('button', {name, exact: typeof name === 'string'});
const heading = (page, name) => page.getByRole('heading', {name}).waitFor({timeout: 30000});
const opened = (page) => mirror(page).getByRole('link', {name: /^Workspace/}).waitFor({timeout: 90000});

// Both stores as they are, as plain values; the page must not have the workspace open.
const copyOf = (page) => page.evaluate(async () => {
    const open = () => new Promise((resolve, reject) => {
        const request = indexedDB.open('entente');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const database = await open(), names = [...database.objectStoreNames], stores = {};
    const all = database.transaction(names, 'readonly');
    await Promise.all(names.flatMap((name) => ['getAllKeys', 'getAll'].map((how) => new Promise((resolve, reject) => {
        const request = all.objectStore(name)[how]();
        request.onsuccess = () => {
            stores[name] ??= {};
            stores[name][how] = how === 'getAll' ? request.result.map((one) => [...new Uint8Array(one.buffer ?? one)]) : request.result;
            resolve();
        };
        request.onerror = () => reject(request.error);
    }))));
    database.close();
    const files = {};
    for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) {
        files[name] = [...new Uint8Array(await (await handle.getFile()).arrayBuffer())];
    }
    return {stores, files};
});

const putStores = (page, stores) => page.evaluate(async (wanted) => {
    const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open('entente');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    await new Promise((resolve, reject) => {
        const change = database.transaction(Object.keys(wanted), 'readwrite');
        for (const [name, {getAllKeys, getAll}] of Object.entries(wanted)) {
            const records = change.objectStore(name);
            records.clear();
            getAllKeys.forEach((key, index) => records.put(new Uint8Array(getAll[index]), key));
        }
        change.oncomplete = resolve;
        change.onerror = () => reject(change.error);
    });
    database.close();
}, stores);

const putFiles = (page, files) => emptyFiles(page).then(() => page.evaluate(async (wanted) => {
    const folder = await navigator.storage.getDirectory();
    for (const [name, bytes] of Object.entries(wanted)) {
        const writable = await (await folder.getFileHandle(name, {create: true})).createWritable();
        await writable.write(new Uint8Array(bytes));
        await writable.close();
    }
}, files));

async function lock(page) {
    await room(page, 'Workspace');
    await dismiss(page);
    await Promise.all([page.waitForEvent('load'), mirror(page).getByRole('button', {name: 'Lock now'}).click()]);
    await heading(page, 'Open your workspace');
}

async function rename(page, name) {
    await room(page, 'Workspace');
    const field = mirror(page).getByRole('textbox', {name: 'Name of the house'});
    await field.fill(name);
    await field.press('Enter');
    await settle(page, 60);
    await saved(page);
    await mirror(page).getByRole('status').filter({hasText: /^Saved on this laptop/}).waitFor({timeout: 30000});
}

const houseIs = async (page, name) => {
    await room(page, 'Workspace');
    await eventually(() => mirror(page).getByRole('textbox', {name: 'Name of the house'}).inputValue(), name, 30000);
};
async function refused(page, address) {
    await page.goto(address);
    await unlock(page, kPassphrase);
    await heading(page, /different histories/);
}
const away = (page, address) => page.goto(`${address}status.html`);

test('two histories: both are shown, and neither is taken for a person', async ({page, address, state}) => {
    await makeWorkspace(page, address, 'Harbour Post', kPassphrase);
    await rename(page, 'Harbour Post London');
    await lock(page);
    await away(page, address);
    state.common = await copyOf(page);
    await page.goto(address);
    await unlock(page, kPassphrase);
    await opened(page);
    await rename(page, 'In the files');
    await lock(page);
    await away(page, address);
    const {files} = await copyOf(page);
    await putStores(page, state.common.stores);
    await putFiles(page, state.common.files);
    await page.goto(address);
    await unlock(page, kPassphrase);
    await opened(page);
    await houseIs(page, 'Harbour Post London');
    await rename(page, 'In the database');
    await lock(page);
    await away(page, address);
    await putFiles(page, files);
    state.forked = await copyOf(page);
    await refused(page, address);
    assert.deepEqual(await axeViolations(page), []);
    const found = page.getByRole('list', {name: 'What was found'}).getByRole('listitem');
    const lines = await found.allTextContents();
    assert.match(lines[0], /^The browser's database: up to entry \d+, last saved \w{3} \d+ \w{3} \d{4} \d\d:\d\d$/);
    assert.match(lines[1], /^The browser's files: up to entry \d+, last saved/);
    assert.match(lines[2], /^They part at entry \d+/);
});

test('either can be looked at and taken away as a backup, and nothing is written by it', async ({page, address, state, folder}) => {
    for (const [which, name] of [['Look at the database', 'In the database'], ['Look at the files', 'In the files']]) {
        await page.getByLabel('Passphrase or recovery key').fill(kPassphrase);
        await button(page, which).click();
        await opened(page);
        await houseIs(page, name);
        await mirror(page).getByRole('status').filter({hasText: /Open for looking and export only/}).waitFor();
        await dismiss(page);
        const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Save a backup')]);
        state[name] = path.join(folder, `${name}.entente`);
        await download.saveAs(state[name]);
        await lock(page);
        await unlock(page, kPassphrase);
        await heading(page, /different histories/);
    }
    await away(page, address);
    assert.deepEqual(await copyOf(page), state.forked);
});

test('the one that is chosen goes on; both stores agree from then on', async ({page, address}) => {
    await refused(page, address);
    await page.getByLabel('Passphrase or recovery key').fill(kPassphrase);
    await page.keyboard.press('Tab');  // Show
    for (let i = 0; i < 12 && await page.evaluate(() => document.activeElement?.textContent) !== 'Go on with the files'; i += 1) {
        await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await opened(page);
    await houseIs(page, 'In the files');
    await rename(page, 'Gone on with');
    await lock(page);
    await unlock(page, kPassphrase);
    await opened(page);
    await houseIs(page, 'Gone on with');
});

test('whole in no copy: what can be read is opened for looking, and a backup comes over it', async ({page, address, state, watched}) => {
    await lock(page);
    await away(page, address);
    // The last entry but one, in both.
    const both = await copyOf(page), entries = both.stores.jrnl, at = entries.getAllKeys.filter((key) => key < 2 ** 52).length - 2;
    entries.getAll[at][150] ^= 1;
    await putStores(page, {jrnl: entries});
    await putFiles(page, {});
    await page.goto(address);
    await unlock(page, kPassphrase);
    await heading(page, /damaged/);
    assert.deepEqual(await axeViolations(page), []);
    await page.getByLabel('Passphrase or recovery key').fill(kPassphrase);
    await button(page, 'Open what can be read').click();
    await opened(page);
    await mirror(page).getByRole('status').filter({hasText: /Open for looking and export only/}).waitFor();
    await lock(page);
    await unlock(page, kPassphrase);
    await heading(page, /damaged/);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, /^Open a backup/).click()]);
    await chooser.setFiles(state['In the database']);
    await heading(page, 'Open a backup');
    await page.getByText(/set aside in this browser, not deleted/).waitFor();
    await page.getByLabel('Passphrase or recovery key').fill(kPassphrase);
    await button(page, 'Open it').click();
    await opened(page);
    await houseIs(page, 'In the database');
    await rename(page, 'After the backup');
    await lock(page);
    await away(page, address);
    const now = await copyOf(page);
    for (const [name, {getAll}] of Object.entries(both.stores)) {
        const kept = new Set(now.stores[name].getAll.map(String));
        getAll.forEach((record, index) => assert.ok(kept.has(String(record)), `${name} ${both.stores[name].getAllKeys[index]} is gone`));
    }
    await page.goto(address);
    await unlock(page, kPassphrase);
    await opened(page);
    await houseIs(page, 'After the backup');
    assert.deepEqual(watched.problems, []);
});

test('new keys: the recovery key is typed back first, a backup follows, the old key opens nothing', async ({page, watched}) => {
    await room(page, 'Workspace');
    await dismiss(page);
    await press(page, /^New recovery key/);
    await heading(page, 'Your recovery key');
    const old = await page.locator('#shown-key').getAttribute('aria-label');
    await page.getByLabel('Type it back').fill(old);
    await page.getByLabel('Your passphrase').fill(kPassphrase);
    await button(page, 'Use this key').click();
    await opened(page);
    await dismiss(page);
    await press(page, /^New keys/);
    await heading(page, 'New keys, and a new recovery key');
    assert.deepEqual(await axeViolations(page), []);
    await button(page, 'Back, unchanged').click();
    await opened(page);
    await press(page, /^New keys/);
    const key = await page.locator('#shown-key').getAttribute('aria-label');
    await page.getByLabel('Type it back').fill(old);
    await page.getByLabel('Your passphrase').fill(kPassphrase);
    await button(page, 'Make new keys').click();
    await eventually(() => page.locator('#problem').textContent(), (text) => /not the key that is shown/.test(text ?? ''));
    await page.getByLabel('Type it back').fill(key);
    const [download] = await Promise.all([page.waitForEvent('download', {timeout: 30000}), button(page, 'Make new keys').click()]);
    assert.match(download.suggestedFilename(), /\.entente$/);
    await opened(page);
    await houseIs(page, 'After the backup');
    await lock(page);
    await button(page, 'Use the recovery key').click();
    await page.getByLabel('Recovery key').fill(old);
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('#problem').textContent(), (text) => /./.test(text ?? ''), 30000);
    await page.getByLabel('Recovery key').fill(key);
    await page.keyboard.press('Enter');
    await opened(page);
    await lock(page);
    await unlock(page, kPassphrase);
    await opened(page);
    await houseIs(page, 'After the backup');
    assert.deepEqual(watched.problems, []);
});

await runEmpty();
