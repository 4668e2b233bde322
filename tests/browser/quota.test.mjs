// Stores that have no room or do not answer, in the program itself: what is not saved is not called so, and can be taken away.
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {settle} from './lib/browser.mjs';
import {root} from './lib/paths.mjs';
import {dismiss, makeWorkspace, mirror, press, room, runEmpty, unlock} from './lib/program.mjs';
import {assert, figure, test} from './lib/suite.mjs';

const kPassphrase = 'a long enough passphrase';
const opened = (page) => mirror(page).getByRole('link', {name: /^Workspace/}).waitFor({timeout: 90000});
const status = (page, text) => mirror(page).getByRole('status').filter({hasText: text});

// What the command line finds in a backup; null where it is not built.
function commandLineOpens(file) {
    const program = process.env.ENTENTE_CLI ?? path.join(root, 'build/native/entente');
    if (!existsSync(program)) return null;
    const secret = `${file}.txt`;
    writeFileSync(secret, kPassphrase);
    try {
        const asked = ['open', file, '--passphrase-file', secret, '--export', 'json'];
        return execFileSync(program, asked, {encoding: 'utf8', maxBuffer: 1 << 26});
    } finally {
        rmSync(secret);
    }
}

async function name(page, text) {
    await room(page, 'Workspace');
    const field = mirror(page).getByRole('textbox', {name: 'Name of the house'});
    await field.fill(text);
    await field.press('Enter');
    await settle(page, 60);
}

async function taken(page, folder, what, file) {
    await dismiss(page);
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, what)]);
    await download.saveAs(path.join(folder, file));
    return path.join(folder, file);
}

test('without room it says so; a backup and an export hold what is not saved', async ({page, context, address, folder, watched}) => {
    await makeWorkspace(page, address, 'Harbour Post', kPassphrase);
    await name(page, 'Room enough');
    await status(page, /^Saved on this laptop/).waitFor({timeout: 30000});
    const protocol = await context.newCDPSession(page);
    const origin = new URL(address).origin;
    // Set before the stores are opened: the browser remembers for a while how much room there was.
    await page.goto('about:blank');
    await protocol.send('Storage.overrideQuotaForOrigin', {origin, quotaSize: 1});
    await page.goto(address);
    await unlock(page, kPassphrase);
    await opened(page);
    await name(page, 'No room for this');
    const state = status(page, /^(NOT SAVED|Saved, 1 copy)/);
    await state.waitFor({timeout: 30000});
    figure('without room in the browser it says', await state.textContent());
    let failed = 0;
    const backup = commandLineOpens(await taken(page, folder, 'Save a backup', 'unsaved.entente'));
    failed += backup !== null && !backup.includes('No room for this');
    const json = readFileSync(await taken(page, folder, 'Everything as JSON', 'unsaved.json'), 'utf8');
    failed += JSON.parse(json).house.name !== 'No room for this';
    figure('exports from a full browser', `2 (${failed} failed)`);
    assert.equal(failed, 0);
    await protocol.send('Storage.overrideQuotaForOrigin', {origin});
    await page.keyboard.press('Control+s');
    await status(page, /^Saved on this laptop/).waitFor({timeout: 30000});
    assert.deepEqual(watched.problems, []);
});

// Another transaction holds the database, as a stuck browser does: what is asked of it is never answered.
const hold = (page, name) => page.evaluate((database) => new Promise((held) => {
    window.holding = true;
    indexedDB.open(database).onsuccess = ({target}) => {
        const stores = target.result.transaction(['hdr', 'head', 'snap', 'jrnl'], 'readwrite');
        const again = () => {
            held();
            if (window.holding) stores.objectStore('hdr').get(0).onsuccess = again;
            else target.result.close();
        };
        again();
    };
}), name);

test('a database that does not answer: the files go on alone, it says so, and both are brought together', async ({page, watched}) => {
    await name(page, 'Before it hung');
    await status(page, /^Saved on this laptop/).waitFor({timeout: 30000});
    await hold(page, 'entente');
    const began = Date.now();
    await name(page, 'While it hung');
    await status(page, /^(NOT SAVED|Saved, 1 copy)/).waitFor({timeout: 60000});
    await status(page, /^Saved, 1 copy/).waitFor({timeout: 60000});
    figure('a database that hangs is given up after, s', Math.round((Date.now() - began) / 1000));
    await page.evaluate(() => { window.holding = false; });
    await page.keyboard.press('Control+s');
    await status(page, /^Saved on this laptop/).waitFor({timeout: 30000});
    assert.deepEqual(watched.problems, []);
});

await runEmpty();
