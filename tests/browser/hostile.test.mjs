// What goes wrong outside: wrong files, huge files, altered records, altered and expired links, a second tab. A clear message
// each time, and nothing lost.
import {writeFileSync, mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {axeViolations, filesAreFree, openBrowser, settle, stats, watch} from './lib/browser.mjs';
import {site} from './lib/paths.mjs';
import {makeWorkspace, saved} from './lib/program.mjs';
import {assert, eventually, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const kPassphrase = 'a long enough passphrase';
const mirror = (page) => page.locator('#mirror');

async function unlock(page, passphrase = kPassphrase) {
    await page.getByLabel('Passphrase', {exact: true}).fill(passphrase);
    await page.getByRole('button', {name: 'Unlock'}).click();
}

// Picks a file in the Workspace room and gives back what is said about it.
async function pick(page, file) {
    await mirror(page).getByRole('link', {name: /^Workspace/}).click();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'),
        mirror(page).getByRole('button', {name: /^Import/}).first().click()]);
    await chooser.setFiles(file);
}

test('files that are no schedule: each is told apart, and the workspace stays as it was', async ({page, address, folder}) => {
    await makeWorkspace(page, address, 'Harbour Post', kPassphrase);
    const laughs = '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "ha">' +
        Array.from({length: 20}, (_, i) =>
            `<!ENTITY ${String.fromCharCode(98 + i)} "${`&${String.fromCharCode(97 + i)};`.repeat(10)}">`).join('') +
        ']><Project>&u;</Project>';
    const files = {
        'laughs.xml': [laughs, /^The XML declares a document type/],
        'broken.csv': ['id,name,duration_days\n1,"never closed,3\n2,b,1\n', /^Line 2: The quotation mark .* is never closed/],
        'empty.csv': ['', /^The file is empty/],
        'other.xml': ['<html><body>no plan</body></html>', /^This is a web page, not a plan/],
        'picture.csv': [Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\r', 'latin1'), /^This is a picture, not a plan/],
    };
    const {sequence} = await stats(page);
    for (const [name, [content, words]] of Object.entries(files)) {
        writeFileSync(path.join(folder, name), content);
        await pick(page, path.join(folder, name));
        // What is said about this very file: the words of a room behind it, or of the file before it, do not count.
        const here = mirror(page).getByRole('main', {name: 'Import'});
        await here.getByRole('heading', {name: `Import ${name}`}).waitFor();
        await here.getByRole('alert').filter({hasText: words}).waitFor();
        assert.equal(await here.getByRole('alert').count(), 1, name);
        // Whoever goes on by keyboard stands at the way out, and it is not said away while they read.
        const cancel = here.getByRole('button', {name: 'Cancel'});
        await eventually(() => cancel.evaluate((one) => one === document.activeElement), true);
        await page.waitForTimeout(500);
        await here.getByRole('alert').filter({hasText: words}).waitFor();
        assert.deepEqual(await axeViolations(page), [], name);
        await page.keyboard.press('Enter');
        await here.waitFor({state: 'detached'});
        assert.equal((await stats(page)).sequence, sequence, name);
    }
});

test('a file of 50 MB is refused before it is read', async ({page, folder}) => {
    const file = path.join(folder, 'huge.csv');
    writeFileSync(file, Buffer.alloc(50 << 20, 'a,b\n'));
    const before = (await stats(page)).memory_bytes;
    await pick(page, file);
    await mirror(page).getByText(/too large|larger than|MB/i).first().waitFor({timeout: 30000});
    assert.ok((await stats(page)).memory_bytes - before < 64 << 20, 'less than 64 MB more');
});

test('names that are code are shown as they are', async ({page, folder}) => {
    const file = path.join(folder, 'names.csv');
    writeFileSync(file, 'id,name,duration_days,predecessors\n1,<img src=x onerror=alert(1)>,2,\n' +
        '2,"=HYPERLINK(""http://x"")",1,1FS\n3,"\u202Egnp.exe",1,2FS\n');
    await pick(page, file);
    await mirror(page).getByRole('button', {name: /^Import 3 tasks/}).click();
    await mirror(page).getByText('<img src=x onerror=alert(1)>').first().waitFor();
    assert.equal(await page.locator('img[src="x"]').count(), 0);
    await saved(page);
});

test('a second tab cannot overwrite the first, and says so', async ({page, context, address}) => {
    const second = await context.newPage();
    await second.goto(address);
    await unlock(second);
    await mirror(second).getByRole('link', {name: /^Workspace/}).waitFor({timeout: 60000});
    const rename = async (tab, name) => {
        await tab.bringToFront();  // a tab behind another draws no frames
        await mirror(tab).getByRole('link', {name: /^Workspace/}).click();
        const field = mirror(tab).getByRole('textbox', {name: 'Name of the house'});
        await field.fill(name);
        await field.press('Enter');
        await settle(tab, 60);
    };
    await rename(page, 'First tab');
    await saved(page);
    await rename(second, 'Second tab');
    await mirror(second).getByRole('status', {name: /another tab/i}).or(mirror(second).getByText(/another tab/i))
        .first().waitFor({timeout: 30000});
    await second.close();
    await page.bringToFront();
    assert.equal(await mirror(page).getByRole('textbox', {name: 'Name of the house'}).inputValue(), 'First tab');
});

// Spoils a byte (one bit alone would be turned back) in the middle of a journal record in IndexedDB and, if asked, in the same record's
// copy in the private file system. To be called where no page of the program holds the files. Answers with the number of records and of
// copies that were altered, and with the record's key and bytes as they were.
async function alter(page, both) {
    if (both) await filesAreFree(page);
    return page.evaluate(async (in_both) => {
        const wait = (request) => new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
        const base = await wait(indexedDB.open('entente'));
        const journal = base.transaction('jrnl', 'readwrite').objectStore('jrnl');
        const keys = await wait(journal.getAllKeys()), key = keys[Math.floor(keys.length / 2)];
        const bytes = await wait(journal.get(key)), before = bytes.slice(), middle = bytes.length >> 1;
        bytes[middle] ^= 0xa5;
        await wait(journal.put(bytes, key));
        base.close();
        let copies = 0;
        const folder = await navigator.storage.getDirectory();
        for (const half of in_both ? ['a', 'b'] : []) {
            const entry = await folder.getFileHandle(`entente.${half}`), file = new Uint8Array(await (await entry.getFile()).arrayBuffer());
            for (let at = 0; at + before.length <= file.length; ++at) {
                if (file[at] !== before[0] || !before.every((byte, i) => file[at + i] === byte)) continue;
                file[at + middle] ^= 0xa5;
                ++copies;
            }
            const out = await entry.createWritable();
            await out.write(file);
            await out.close();
        }
        return {records: keys.length, copies, key, before: [...before].join()};
    }, both);
}

// The bytes of that record in IndexedDB now.
async function record(page, key) {
    return page.evaluate((which) => new Promise((resolve, reject) => {
        const opening = indexedDB.open('entente');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
            const asked = opening.result.transaction('jrnl').objectStore('jrnl').get(which);
            asked.onerror = () => reject(asked.error);
            asked.onsuccess = () => resolve([...(asked.result ?? [])].join());
            opening.result.close();
        };
    }), key);
}

test('a record that was altered in one store is brought back from the other', async ({page, address}) => {
    await page.goto(new URL('status.html', address).href);
    const {records, key, before} = await alter(page, false);
    assert.ok(records > 10);
    assert.notEqual(await record(page, key), before);
    await page.goto(address);
    await unlock(page);
    await mirror(page).getByRole('link', {name: /^Plan/}).waitFor({timeout: 60000});
    await eventually(async () => await record(page, key) === before, true, 60000);
});

test('one that was altered in both is found when the workspace is opened; nothing is thrown away', async ({page, address}) => {
    await page.goto(new URL('status.html', address).href);
    const {records, copies} = await alter(page, true);
    assert.ok(copies >= 1);
    await page.goto(address);
    await unlock(page);
    await page.getByText(/damaged|altered|record/i).first().waitFor({timeout: 60000});
    assert.equal(await mirror(page).getByRole('link', {name: /^Plan/}).count(), 0);
    await page.goto(new URL('status.html', address).href);
    assert.equal((await alter(page, false)).records, records);
});

test('no error but those asked for', ({watched}) => assert.deepEqual(watched.problems, []));

await run({
    before: async () => {
        const server = await serve({root: site});
        const folder = mkdtempSync(path.join(os.tmpdir(), 'entente-hostile-'));
        const browser = await openBrowser({colorScheme: 'dark'});
        const page = await browser.context.newPage();
        return {server, folder, browser, context: browser.context, page, address: server.address, watched: watch(page, server.address)};
    },
    after: async ({browser, server, folder}) => {
        await browser.close();
        await server.close();
        rmSync(folder, {recursive: true, force: true});
    },
});
