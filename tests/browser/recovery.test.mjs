// What happens to a workspace whose two copies say different things, or which nobody but its owner should be able to read any more, in
// the program itself: two histories are both shown and both kept, what can be read is opened for looking and for taking out, and
// new keys shut out the old ones.
import path from 'node:path';

import {axeViolations, openBrowser, settle, stats, watch} from './lib/browser.mjs';
import {site} from './lib/paths.mjs';
import {dismiss, makeWorkspace, mirror, press, room, saved, says, unlock} from './lib/program.mjs';
import {assert, eventually, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

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

const putFiles = (page, files) => page.evaluate(async (wanted) => {
    const folder = await navigator.storage.getDirectory();
    for await (const name of folder.keys()) await folder.removeEntry(name);
    for (const [name, bytes] of Object.entries(wanted)) {
        const writable = await (await folder.getFileHandle(name, {create: true})).createWritable();
        await writable.write(new Uint8Array(bytes));
        await writable.close();
    }
}, files);

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
    await page.goto(address);
    await unlock(page, kPassphrase);
    await page.waitForTimeout(3000);
    await page.screenshot({path: '/tmp/w/fork.png'});
    console.log(await page.locator('body').innerText());
});

await run({
    before: async () => {
        const server = await serve({root: site});
        const browser = await openBrowser({colorScheme: 'dark', acceptDownloads: true});
        const page = await browser.context.newPage();
        page.setDefaultTimeout(20000);
        return {server, browser, page, address: server.address, folder: browser.folder, state: {}, watched: watch(page, server.address)};
    },
    after: async ({browser, server}) => {
        await browser.close();
        await server.close();
    },
});
