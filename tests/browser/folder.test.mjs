// Backups that go to a folder by themselves. A picker cannot be driven, so the page is given a folder of its own private files for the
// one a person would pick: the same interface, down to the handle that is kept and asked for its permission in the next session.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {openBrowser, watch} from './lib/browser.mjs';
import {site} from './lib/paths.mjs';
import {dismiss, makeWorkspace, mirror, press, room, saved, says, unlock} from './lib/program.mjs';
import {assert, eventually, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const kPassphrase = 'a long enough passphrase';

// What the browser would say to a question about the folder is set from outside.
const pretend = () => {
    window.showDirectoryPicker = async () => {
        if (window.nobody) throw new DOMException('', 'AbortError');
        return (await navigator.storage.getDirectory()).getDirectoryHandle('Copies', {create: true});
    };
    const handle = FileSystemDirectoryHandle.prototype, query = handle.queryPermission;
    handle.queryPermission = async function (what) { return localStorage.getItem('test.asks') ? 'prompt' : query.call(this, what); };
    handle.requestPermission = async () => {
        localStorage.removeItem('test.asks');
        return 'granted';
    };
};

const files = (page) => page.evaluate(async () => {
    const found = {}, folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('Copies', {create: true});
    for await (const [name, file] of folder.entries()) found[name] = [...new Uint8Array(await (await file.getFile()).arrayBuffer())];
    return found;
});

test('a person who picks no folder is left alone', async ({page, address, watched}) => {
    await makeWorkspace(page, address, 'Harbour Post', kPassphrase);
    await room(page, 'Workspace');
    await page.evaluate(() => { window.nobody = true; });
    await press(page, 'Choose a folder for backups\u2026');
    assert.equal(await mirror(page).getByRole('button', {name: 'Choose a folder for backups\u2026'}).count(), 1);
    assert.equal(await mirror(page).getByRole('alert').count(), 0);
    await page.evaluate(() => { window.nobody = false; });
    assert.deepEqual(watched.problems, []);
});

test('a chosen folder has a backup at once, and it opens with the command line', async ({page, state}) => {
    await press(page, 'Choose a folder for backups\u2026');
    await says(page, 'Backups go to \u201CCopies\u201D by themselves');
    await eventually(async () => Object.keys(await files(page)).length, 1, 10000);
    await says(page, /all of your work is in it/);
    const [[name, bytes]] = Object.entries(await files(page));
    assert.match(name, /^Harbour-Post_auto_[0-9a-f]{4}_(mon|tue|wed|thu|fri|sat|sun)\.entente$/);
    state.bytes = bytes;
    if (!process.env.ENTENTE_CLI) return;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'entente-folder-'));
    try {
        writeFileSync(path.join(folder, name), Buffer.from(bytes));
        writeFileSync(path.join(folder, 'pass'), kPassphrase);
        const text = execFileSync(process.env.ENTENTE_CLI,
            ['open', path.join(folder, name), '--passphrase-file', path.join(folder, 'pass'), '--export', 'json'], {encoding: 'utf8'});
        assert.match(text, /Harbour Post/);
    } finally {
        rmSync(folder, {recursive: true, force: true});
    }
});

test('the folder is known in the next session; where the browser asks again, a person allows it, and it goes on', async ({page, state}) => {
    await page.evaluate(() => localStorage.setItem('test.asks', '1'));
    await saved(page);
    await page.reload();
    await unlock(page, kPassphrase);
    await mirror(page).getByRole('link', {name: /^Workspace/}).waitFor({timeout: 90000});
    await room(page, 'Workspace');
    await says(page, 'The browser asks before it writes to \u201CCopies\u201D again.');
    // Today says so too, as long as something is not in a backup.
    await room(page, 'Today');
    await press(page, 'Try the sample');
    await saved(page);
    await dismiss(page);
    await room(page, 'Today');
    await mirror(page).getByRole('link', {name: /The browser asks before it writes/}).waitFor();
    await room(page, 'Workspace');
    await press(page, 'Allow it again');
    await says(page, 'Backups go to \u201CCopies\u201D by themselves');
    const before = JSON.stringify(state.bytes);  // past midnight it is another file
    await eventually(async () => Object.values(await files(page)).some((bytes) => JSON.stringify(bytes) !== before), true, 10000);
});

test('a folder that is gone is said, and another can be chosen', async ({page}) => {
    await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('Copies', {recursive: true}));
    await page.evaluate(() => {
        FileSystemFileHandle.prototype.createWritable = async () => { throw new DOMException('', 'NotFoundError'); };
    });
    await press(page, 'Another folder\u2026');
    await eventually(() => mirror(page).getByText('The folder for backups cannot be written to.').count(), (count) => count > 0, 10000);
    await dismiss(page);
    await press(page, 'Stop');
    await says(page, /Choose a folder, and a backup goes there/);
    assert.equal(await page.evaluate(() => new Promise((resolve) => {
        indexedDB.open('entente.folder').onsuccess = (event) => {
            event.target.result.transaction('folder').objectStore('folder').count().onsuccess = (counted) => resolve(counted.target.result);
        };
    })), 0);
});

await run({
    before: async () => {
        const server = await serve({root: site});
        const browser = await openBrowser();
        const page = browser.context.pages()[0];
        page.setDefaultTimeout(20000);
        await page.addInitScript(pretend);
        return {server, browser, page, address: server.address, state: {}, watched: watch(page, server.address)};
    },
    after: async ({browser, server}) => {
        await browser.close();
        await server.close();
    },
});
