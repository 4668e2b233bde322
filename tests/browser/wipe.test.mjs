// After the lock nothing is left: fifty planted words and the passphrase are looked for in the page's memory (JavaScript's and the
// program's), and in every file of the browser's profile, while the page is locked and after the browser has ended. Each search has to
// find what is there: the words before the lock, and a word that is put into the profile on purpose.
// What the browser's own processes still hold is counted and printed: text that it has drawn, or that was typed, is not the program's to
// wipe.
import {closeSync, openSync, readdirSync, readFileSync, readSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {openBrowser, settle} from './lib/browser.mjs';
import {site} from './lib/paths.mjs';
import {button, dismiss, field, makeWorkspace, mirror, room, saved} from './lib/program.mjs';
import {assert, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const kPassphrase = 'quillwort harrier passphrase';
const letter = (i) => String.fromCharCode(97 + i % 26);
const kWords = Array.from({length: 50}, (_, i) => `zq${letter(i)}${letter(7 * i)}plant${100 + i}`);

const kCanary = 'zqcanaryinthestorage';

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

// Every process of the browser, where the system lets one read their memory. The words that are there.
function inProcesses(folder) {
    const parents = new Map();
    for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
        try {
            parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, 'latin1').replace(/^.*\) \S /s, '').split(' ')[0]));
        } catch { /* it has ended */ }
    }
    const ours = new Set([...parents.keys()].filter((pid) => {
        try {
            return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(folder);
        } catch {
            return false;
        }
    }));
    for (let grown = true; grown;) {
        const before = ours.size;
        for (const [pid, parent] of parents) if (ours.has(parent)) ours.add(pid);
        grown = ours.size > before;
    }
    const found = new Set();
    for (const pid of ours) searchProcess(pid, found);
    return {found, processes: ours.size};
}

function searchProcess(pid, found) {
    let memory;
    try {
        const regions = readFileSync(`/proc/${pid}/smaps`, 'latin1').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m);
        memory = openSync(`/proc/${pid}/mem`, 'r');
        for (const region of regions) {
            const [, from, to, rights] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(region) ?? [];
            const resident = Number(/^Rss: +(\d+)/m.exec(region)?.[1] ?? 0);
            if (!rights?.startsWith('rw') || resident === 0) continue;
            searchRegion(memory, parseInt(from, 16), parseInt(to, 16), found);
        }
    } catch { /* not ours to read, or it has ended */ } finally {
        if (memory !== undefined) closeSync(memory);
    }
}

function searchRegion(memory, from, to, found) {
    const piece = Buffer.alloc(8 << 20), overlap = 128;
    for (let at = from; at < to; at += piece.length - overlap) {
        let size;
        try {
            size = readSync(memory, piece, 0, Math.min(piece.length, to - at), at);
        } catch {
            return;
        }
        const text = piece.subarray(0, size);
        for (const [word, spelled] of spellings) if (!found.has(word) && text.includes(spelled)) found.add(word);
    }
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
    // No word goes into the page, or out of it, by this: it would be found there afterwards.
    const {there, bytes, memories} = await page.evaluate((pattern) => {
        const all = { there: 0, bytes: 0, memories: window.memories.length };
        for (const memory of window.memories) {
            const text = new TextDecoder('latin1').decode(new Uint8Array(memory.buffer));
            all.bytes += text.length;
            all.there += new Set(text.match(new RegExp(pattern, 'g')) ?? []).size;
        }
        return all;
    }, 'zq[a-z]{2}plant[0-9]{3}|quil.wort ha.rier');
    found.push(...Array(there).fill('a word in the program'));
    return {found, bytes, memories, heap: snapshot.length};
}

test('the words are planted: in names, notes and fields that were typed in', async ({page, address, folder, state}) => {
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
    await page.evaluate((canary) => localStorage.setItem('entente.canary', canary), kCanary);
    state.processes = inProcesses(folder).found.size;
    const before = await inMemory(page);
    assert.ok(before.found.length >= 50, `the search finds what is there: ${before.found.length}`);
});

test('locked: nothing of them is in the page, and nothing in the profile', async ({page, folder, state}) => {
    await dismiss(page);
    await button(page, 'Lock now').click();
    await page.getByRole('button', {name: 'Unlock'}).waitFor({timeout: 30000});
    await page.waitForTimeout(1500);
    const left = inProcesses(folder);
    if (state.processes > 0) {
        assert.ok(state.processes >= 45, `the search of the processes finds what is there: ${state.processes}`);
        await page.waitForTimeout(5000);  // a browser ends a page's processes when it has time
        const later = inProcesses(folder);
        figure('planted words in the memory of the browser before the lock, right after it, and seconds later',
            `${state.processes}, ${left.found.size}, ${later.found.size} (${later.processes} processes)`);
    } else {
        figure('planted words in the memory of the browser', 'not searched: this system does not let its memory be read');
    }
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
    const canaries = [kCanary, Buffer.from(kCanary, 'utf16le')];
    assert.ok(files(folder).some((file) => canaries.some((one) => readFileSync(file).includes(one))),
        `the search of the profile finds what is there, in ${bytes} bytes`);
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
        return {server, browser, page, folder: browser.folder, address: server.address, state: {}};
    },
    after: async ({browser, server}) => {
        await browser.close();
        await server.close();
    },
});
