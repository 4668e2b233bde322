// After the lock nothing is left: fifty planted words and the passphrase are looked for in the page's memory (JavaScript's and the
// program's), and in every file of the browser's profile, while the page is locked and after the browser has ended.
import {readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {openBrowser, settle} from './lib/browser.mjs';
import {site} from './lib/paths.mjs';
import {button, dismiss, field, makeWorkspace, mirror, room, saved} from './lib/program.mjs';
import {assert, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const kPassphrase = 'quillwort harrier passphrase';
const letter = (i) => String.fromCharCode(97 + i % 26);
const kWords = Array.from({length: 50}, (_, i) => `zq${letter(i)}${letter(7 * i)}plant${100 + i}`);

// Both ways in which programs keep text.
const spellings = [...kWords, kPassphrase].flatMap((word) => [[word, Buffer.from(word, 'utf8')], [word, Buffer.from(word, 'utf16le')]]);

function files(folder) {
    return readdirSync(folder).flatMap((name) => {
        const at = path.join(folder, name), stat = statSync(at, {throwIfNoEntry: false});
        if (!stat) return [];
        return stat.isDirectory() ? files(at) : stat.isFile() ? [at] : [];
    });
}

function inProfile(folder) {
    const found = [];
    let bytes = 0;
    for (const file of files(folder)) {
        let text;
        try {
            text = readFileSync(file);
        } catch {
            continue;  // gone meanwhile
        }
        bytes += text.length;
        for (const [word, spelled] of spellings) {
            if (text.includes(spelled)) found.push(`${word} in ${path.relative(folder, file)}`);
        }
    }
    return {found, bytes};
}

// JavaScript's heap, as the inspector writes it, and the memory of the program that runs.
async function inMemory(page) {
    const session = await page.context().newCDPSession(page), found = [];
    let snapshot = '';
    session.on('HeapProfiler.addHeapSnapshotChunk', ({chunk}) => { snapshot += chunk; });
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.takeHeapSnapshot', {reportProgress: false});
    for (const word of [...kWords, kPassphrase]) if (snapshot.includes(word)) found.push(`${word} in the heap`);
    await session.detach();
    const {found: there, bytes, memories} = await page.evaluate((words) => {
        const all = { found: [], bytes: 0, memories: window.memories.length };
        for (const memory of window.memories) {
            const text = new TextDecoder('latin1').decode(new Uint8Array(memory.buffer));
            all.bytes += text.length;
            for (const word of words) if (text.includes(word)) all.found.push(`${word} in the program`);
        }
        return all;
    }, [...kWords, kPassphrase]);
    return {found: [...found, ...there], bytes, memories, heap: snapshot.length};
}

test('the words are planted: in names, notes and fields that were typed in', async ({page, address, folder}) => {
    await makeWorkspace(page, address, kWords[0], kPassphrase);
    const file = path.join(folder, '..', `${path.basename(folder)}-plan.csv`);
    writeFileSync(file, `id,name,duration_days\n${kWords.slice(1, 46).map((word, i) => `${i + 1},${word},${1 + i % 5}`).join('\n')}\n`);
    await room(page, 'Workspace');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'),
        mirror(page).getByRole('button', {name: /^Import/}).first().click()]);
    await chooser.setFiles(file);
    await mirror(page).getByRole('button', {name: /^Import 45 tasks/}).click();
    await settle(page);
    rmSync(file);
    await mirror(page).getByRole('row', {name: new RegExp(`^${kWords[5]},`)}).first().click();
    await settle(page);
    await room(page, 'Workspace');
    for (const [name, word] of [['Name of the house', kWords[46]], ['Client', kWords[47]], ['What kind', kWords[48]]]) {
        await field(page, name).fill(word);
        await page.keyboard.press('Enter');
        await settle(page, 60);
    }
    await field(page, 'Name').first().fill(kWords[49]);  // the project's; not even finished
    await room(page, 'Changes');
    await room(page, 'Workspace');
    await saved(page);
    const before = await inMemory(page);
    assert.ok(before.found.length >= 50, `the search finds what is there: ${before.found.length}`);
});

test('locked: nothing of them is in the page, and nothing in the profile', async ({page, folder}) => {
    await dismiss(page);
    await button(page, 'Lock now').click();
    await page.getByRole('button', {name: 'Unlock'}).waitFor({timeout: 30000});
    await page.waitForTimeout(1500);
    const memory = await inMemory(page);
    figure('searched in memory after the lock', `${memory.heap} characters of heap, ${memory.memories} memories of ${memory.bytes} bytes`);
    assert.deepEqual(memory.found, []);
    const profile = inProfile(folder);
    figure('searched in the profile', `${profile.bytes} bytes`);
    assert.deepEqual(profile.found, []);
});

test('after the browser has ended: nothing in the profile', async ({browser, folder}) => {
    await browser.context.close();
    const {found, bytes} = inProfile(folder);
    figure('planted words found after the lock', found.length);
    assert.ok(bytes > 100000);
    assert.deepEqual(found, []);
});

await run({
    before: async () => {
        const server = await serve({root: site});
        const browser = await openBrowser({colorScheme: 'dark'});
        const page = await browser.context.newPage();
        page.setDefaultTimeout(20000);
        // Every memory of a program is remembered where it is made.
        await page.addInitScript(() => {
            window.memories = [];
            for (const name of ['instantiate', 'instantiateStreaming']) {
                const before = WebAssembly[name];
                WebAssembly[name] = async (...given) => {
                    const made = await before.apply(WebAssembly, given);
                    for (const one of Object.values((made.instance ?? made).exports)) {
                        if (one instanceof WebAssembly.Memory) window.memories.push(one);
                    }
                    return made;
                };
            }
        });
        return {server, browser, page, folder: browser.folder, address: server.address};
    },
    after: async ({browser, server}) => {
        await browser.close();
        await server.close();
    },
});
