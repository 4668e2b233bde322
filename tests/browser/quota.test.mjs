// A browser without room, in the program itself: what cannot be saved is not called saved, and all of it can be taken away.
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {openBrowser, settle, watch} from './lib/browser.mjs';
import {root, site} from './lib/paths.mjs';
import {dismiss, makeWorkspace, mirror, press, room, unlock} from './lib/program.mjs';
import {assert, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

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

await run({
    before: async () => {
        const server = await serve({root: site});
        const browser = await openBrowser({colorScheme: 'dark', acceptDownloads: true});
        const page = await browser.context.newPage();
        page.setDefaultTimeout(20000);
        const {context, folder} = browser, {address} = server;
        return {server, browser, page, context, address, folder, watched: watch(page, address)};
    },
    after: async ({browser, server}) => {
        await browser.close();
        await server.close();
    },
});
