// IndexedDB behind the storage port, in real Chromium with a profile on disk: what is called durable survives kill -9; a full,
// altered, emptied or contended store gives an error and loses nothing.
import {spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {emptyFiles, openBrowser} from './lib/browser.mjs';
import {randomNumbers} from './lib/files.mjs';
import {load, site} from './lib/paths.mjs';
import {assert, eventually, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const folder = process.env.ENTENTE_HARNESS_STORAGE ?? path.join(site, '../harness_storage');
const kKills = Number(process.env.ENTENTE_KILLS ?? 12);
const kDestroyed = Number(process.env.ENTENTE_DESTROYED ?? 4);
const kLong = process.env.ENTENTE_LONG === '1';
const kSeed = Number(process.env.ENTENTE_SEED ?? Date.now() % 1_000_000);
const random = randomNumbers(kSeed);

// A page of the harness: what it says, in order, and its calls.
async function harness(page, address) {
    const lines = [];
    page.on('console', (message) => lines.push(message.text().trim()));
    await page.goto(address);
    await eventually(() => lines.includes('ready'), true, 30000);
    const call = (name, ...values) => page.evaluate(([f, v]) => window.Module[`_storage_${f}`](...v), [name, values]);
    const says = (start, milliseconds = 30000) =>
        eventually(() => lines.filter((line) => line.startsWith(start)).at(-1), (line) => line !== undefined, milliseconds);
    return {
        lines, call, says,
        forget: () => lines.splice(0),
        saved: () => Number(lines.filter((line) => line.startsWith('saved ')).at(-1)?.slice(6) ?? 0),
        durable: () => Number(lines.filter((line) => line.startsWith('durable ')).at(-1)?.slice(8) ?? 0),
        async open(seed, both = false) {
            await call('start', seed, both ? 1 : 0);
            await eventually(() => lines.some((line) => /^(open|refused)/.test(line)), true, 30000);
            return lines.filter((line) => /^(open|refused)/.test(line)).at(-1);
        },
    };
}

// A context with an empty store of its own.
async function fresh(address, use) {
    const browser = await openBrowser();
    try {
        await use(browser.context, async () => harness(await browser.context.newPage(), address));
    } finally {
        await browser.close();
    }
}

// Changes one stored record in place.
const alter = (page, store, key, change) => page.evaluate(([s, k, source]) => new Promise((resolve, reject) => {
    const open = indexedDB.open('entente-harness', 1);
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
        const transaction = open.result.transaction([s], 'readwrite');
        const records = transaction.objectStore(s);
        if (source === 'delete') {
            records.delete(k);
        } else {
            records.get(k).onsuccess = (event) => {
                const bytes = event.target.result;
                bytes[150] ^= 1;
                records.put(bytes, k);
            };
        }
        transaction.oncomplete = () => { open.result.close(); resolve(); };
    };
}), [store, key, change]);

test('entries are written, and there after a reload; each is durable', async ({address}) => {
    await fresh(address, async (context, newPage) => {
        const first = await newPage();
        assert.equal(await first.open(1), 'open 0 warnings 0');
        await first.call('write', 40, 300);
        await eventually(() => first.durable(), 40, 30000);
        await first.call('write', 1, 3_000_000);
        await eventually(() => first.durable(), 41, 30000);
        const second = await newPage();
        assert.match(await second.open(2), /^open 41 warnings 0$/);
    });
});

test('snapshots are written, read back and used', async ({address}) => {
    await fresh(address, async (context, newPage) => {
        const first = await newPage();
        await first.open(1);
        await first.call('write', 300, 100);
        await eventually(() => first.durable(), 300, 60000);
        await first.call('write', 300, 100);
        await eventually(() => first.durable(), 600, 60000);
        const second = await newPage();
        assert.match(await second.open(2), /^open 600 warnings 0$/);
    });
});

test('of two tabs the second writer is refused, the first goes on', async ({address}) => {
    await fresh(address, async (context, newPage) => {
        const first = await newPage(), second = await newPage();
        await first.open(1);
        await second.open(2);
        await first.call('write', 3, 100);
        await eventually(() => first.durable(), 3, 30000);
        await second.call('write', 1, 100);
        assert.equal(await second.says('failed'), 'failed Conflict');
        await first.call('write', 2, 100);
        await eventually(() => first.durable(), 5, 30000);
        const third = await newPage();
        assert.equal(await third.open(3), 'open 5 warnings 0');
    });
});

test('an altered or missing record is named, and nothing is made in its place', async ({address}) => {
    await fresh(address, async (context, newPage) => {
        const first = await newPage();
        await first.open(1);
        await first.call('write', 5, 200);
        await eventually(() => first.durable(), 5, 30000);
        const page = await context.newPage();
        await page.goto(address);
        await alter(page, 'jrnl', 3, 'flip');
        assert.equal(await (await newPage()).open(2), 'refused Damaged jrnl 3');
        await alter(page, 'jrnl', 3, 'flip');
        assert.equal(await (await newPage()).open(3), 'open 5 warnings 0');
        await alter(page, 'jrnl', 4, 'delete');
        assert.equal(await (await newPage()).open(4), 'refused Damaged jrnl 4');
    });
});

test('a database that is deleted under an open tab: an error, never a new workspace', async ({address}) => {
    await fresh(address, async (context, newPage) => {
        const first = await newPage();
        await first.open(1);
        await first.call('write', 2, 100);
        await eventually(() => first.durable(), 2, 30000);
        const page = await context.newPage();
        await page.goto(address);
        await emptyDatabase(page);
        await first.call('write', 1, 100);
        assert.equal(await first.says('failed'), 'failed Damaged');
        assert.equal(first.durable(), 2);
    });
});

test('a full disk never says durable, and goes on when there is room', async ({address}) => {
    await fresh(address, async (context) => {
        const page = await context.newPage();
        const tab = await harness(page, address);
        // Before the database is first used: the browser remembers for a while how much room there was.
        const protocol = await context.newCDPSession(page);
        const origin = new URL(address).origin;
        await protocol.send('Storage.overrideQuotaForOrigin', {origin, quotaSize: 1_000_000});
        await tab.open(1);
        await tab.call('write', 1, 100);
        await eventually(() => tab.durable(), 1, 30000);
        await tab.call('write', 1, 5_000_000);
        assert.equal(await tab.says('failed'), 'failed StorageFull');
        assert.equal(tab.durable(), 1);
        await tab.call('retry');
        await page.waitForTimeout(500);
        assert.equal(tab.durable(), 1);
        await protocol.send('Storage.overrideQuotaForOrigin', {origin});
        await eventually(async () => {
            await tab.call('retry');
            return tab.durable();
        }, 2, 30000);
    });
});

// The browser's database, gone, as it goes when a browser makes room.
const emptyDatabase = (page) => page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('entente-harness');
    request.onsuccess = resolve;
    request.onerror = reject;
}));

// Entries into a browser with `room` bytes, until there is no more; then it is opened again, still full, and once more with room; or its
// database is emptied and the files are what is left.
async function fill(address, room, size, both) {
    let found;
    await fresh(address, async (context) => {
        const page = await context.newPage(), origin = new URL(address).origin;
        const protocol = await context.newCDPSession(page);
        const quota = (quotaSize) => protocol.send('Storage.overrideQuotaForOrigin', {origin, ...(quotaSize ? {quotaSize} : {})});
        await page.goto(new URL('address.js', address).href);
        await quota(room);
        let tab = await harness(page, address);
        const opened = await tab.open(1, both);
        const most = Math.ceil(2 * room / size) + 3;
        let written = 0;
        while (opened.startsWith('open') && written < most && !tab.lines.some((line) => line.startsWith('failed'))) {
            await tab.call('write', 1, size);
            written += 1;
            const answered = () => tab.durable() >= written || tab.lines.some((line) => line.startsWith('failed'));
            await eventually(answered, true, 30000);
        }
        await page.waitForTimeout(300);
        const full = opened.startsWith('refused') || tab.lines.some((line) => line.startsWith('failed'));
        const said = {durable: tab.durable(), saved: tab.saved()};
        const count = async (seed) => {
            const one = await harness(page, address), line = await one.open(seed, both);
            assert.doesNotMatch(line, /WRONG/);
            tab = one;
            return Number(line.match(/^open (\d+)/)?.[1] ?? -1);
        };
        found = {room, size, both, full, ...said, falsely: 0, lost: 0};
        if (both && said.saved > 0 && random(2) === 0) {
            // What was called saved is in each store: in the files alone as well, before anything could be put back.
            await page.goto(new URL('address.js', address).href);
            await emptyDatabase(page);
            found.files = await count(2);
            if (found.files < said.saved) found.falsely = 1;
            return;
        }
        found.there = await count(2);
        await quota(0);
        found.later = await count(3);
        if (said.durable > 0 && Math.min(found.there, found.later) < said.durable) found.lost = 1;
    });
    return found;
}

test('of many quotas that run out, in one store and in both, none is called saved and nothing answered is lost', async ({address}) => {
    const all = [];
    for (let turn = 0; turn < (kLong ? 40 : 8); ++turn) {
        all.push(await fill(address, 150_000 + random(2_500_000), [20_000, 90_000, 400_000][random(3)], turn % 2 === 1));
    }
    const ran_out = all.filter((one) => one.full), sum = (name) => all.reduce((total, one) => total + one[name], 0);
    figure('quotas of the browser that ran out', `${ran_out.length} (${sum('falsely')} falsely saved, ${sum('lost')} lost; ` +
        `${sum('durable')} entries durable, from seed ${kSeed})`);
    assert.deepEqual(all.filter((one) => one.falsely || one.lost), [], `ENTENTE_SEED=${kSeed}`);
    assert.ok(ran_out.length > all.length / 2, JSON.stringify(all));
});

test('erasing leaves nothing', async ({address}) => {
    await fresh(address, async (context, newPage) => {
        const first = await newPage();
        await first.open(1);
        await first.call('write', 2, 100);
        await eventually(() => first.durable(), 2, 30000);
        await first.call('erase');
        assert.equal(await first.says('erased'), 'erased 1');
        assert.equal(await (await newPage()).open(2), 'open 0 warnings 0');
    });
});

// A browser of our own, so that its whole process group can be killed as the system would.
async function chromiumOn(profile) {
    const child = spawn(process.env.ENTENTE_CHROMIUM ?? '/usr/bin/chromium', ['--headless=new', '--no-sandbox', '--disable-quic',
        '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-gpu',
        '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], {detached: true, stdio: ['ignore', 'ignore', 'pipe']});
    const address = await new Promise((resolve, reject) => {
        let text = '';
        child.stderr.on('data', (data) => {
            const found = (text += data).match(/DevTools listening on (ws:\S+)/);
            if (found) resolve(found[1]);
        });
        child.on('exit', () => reject(new Error(`the browser did not start: ${text}`)));
    });
    const browser = await load('playwright-core').chromium.connectOverCDP(address);
    return {
        context: browser.contexts()[0],
        async kill() {
            const gone = new Promise((resolve) => child.on('exit', resolve));
            process.kill(-child.pid, 'SIGKILL');
            await gone;
            await browser.close().catch(() => {});
        },
    };
}

// Both stores, as in the program. What was said to be durable in one of them counts.
test('kill -9 at any moment loses nothing that was acknowledged', async ({address}) => {
    const profile = await mkdtemp(path.join(os.tmpdir(), 'entente-killed-'));
    let acknowledged = 0, lost = 0, opened = '';
    try {
        for (let kill = 0; kill <= kKills; ++kill) {
            const browser = await chromiumOn(profile);
            try {
                const tab = await harness(await browser.context.newPage(), address);
                opened = await tab.open(kill + 1, true);
                const there = Number(opened.match(/^open (\d+)/)?.[1] ?? -1);
                assert.doesNotMatch(opened, /WRONG/);
                if (there < acknowledged) lost += 1;
                if (kill === kKills) continue;
                // Some small, some of a megabyte; killed while they are under way, or just after.
                const sizes = Array.from({length: 6}, () => (random(3) === 0 ? 1_000_000 : 1 + random(20_000))), pause = random(250);
                for (const size of sizes) await tab.call('write', 4, size);
                await eventually(() => tab.durable(), (durable) => durable > there, 30000);
                await new Promise((resolve) => setTimeout(resolve, pause));
                acknowledged = tab.durable();
            } finally {
                await browser.kill();
            }
        }
    } finally {
        await rm(profile, {recursive: true, force: true, maxRetries: 5});
    }
    figure('kills of the browser', `${kKills} (from seed ${kSeed})`);
    figure('kills that lost acknowledged entries', lost);
    assert.equal(lost, 0, `${opened}; ENTENTE_SEED=${kSeed}`);
});

test('either store may be emptied between two visits, and all of it is there', async ({address}) => {
    await fresh(address, async (context, newPage) => {
        let tab = await newPage(), last = 0, missing = 0;
        await tab.open(1, true);
        for (let round = 0; round < kDestroyed; ++round) {
            await tab.call('write', 5, 200);
            last += 5;
            await eventually(() => tab.saved(), last, 30000);
            for (const page of context.pages()) if (page !== context.pages()[0]) await page.close();
            const page = context.pages()[0];
            await page.goto(new URL('address.js', address).href);
            if (round % 2 === 0) await emptyDatabase(page);
            else await emptyFiles(page);
            tab = await newPage();
            const opened = await tab.open(round + 2, true);
            if (!opened.startsWith(`open ${last} `) || /WRONG/.test(opened)) missing += 1;
            // An emptied store is filled again.
            await tab.call('write', 1, 200);
            last += 1;
            await eventually(() => tab.saved(), last, 30000);
        }
        figure('stores of the browser destroyed', kDestroyed);
        figure('destroyed stores not recovered', missing);
        assert.equal(missing, 0);
    });
});

test('how long it takes: one edit in both stores, and opening many', async ({address}) => {
    await fresh(address, async (context, newPage) => {
        let tab = await newPage();
        await tab.open(1, true);
        await tab.call('pace', 300);
        const [, median, most, longest] = (await tab.says('waits', 120000)).split(' ');
        figure('one edit durable in both stores, ms, median', median);
        figure('one edit durable in both stores, ms, 95th of 100', most);
        figure('longest time that saving held up the page, ms', longest);
        let last = 300;
        for (const count of [10_000, ...(kLong ? [100_000] : [])]) {
            while (last < count) {
                await tab.call('write', Math.min(2000, count - last), 300);
                last = Math.min(last + 2000, count);
                await eventually(() => tab.saved(), last, 120000);
            }
            await context.pages().at(-1).close();
            tab = await newPage();
            const began = Date.now();
            assert.match(await tab.open(2, true), new RegExp(`^open ${count} warnings 0$`));
            figure(`opening a workspace of ${count} entries after the key, ms`, Date.now() - began);
        }
    });
});

await run({
    before: async () => {
        const server = await serve({root: folder});
        return {server, address: server.address};
    },
    after: async ({server}) => server.close(),
});
