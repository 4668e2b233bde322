// Two cuts in real Chromium, by role and name: picked as files, compared, priced by the house's figures, made a change with its lines.
// The lists are the real ones where they are at hand (their differences as the command line finds them), and small ones of our own.
import {existsSync} from 'node:fs';
import path from 'node:path';

import {assert, figure, test} from './lib/suite.mjs';
import {settle} from './lib/browser.mjs';
import {root, shared} from './lib/paths.mjs';
import {accessible, button, commandLine, mirror, money, pence, press, room, row, runOnSample, says, table} from './lib/program.mjs';

const own = (name) => path.join(root, 'tests/data/cuts', name);
const real = (name) => path.join(shared, 'edl', name);
const kEarlier = /^Choose the earlier cut/, kLater = /^Choose the later cut/;
const kNoCut = /^The earlier cut: No event of an edit decision list was found in this file/;
const changes = (page) => table(page, 'What changed in the cut');

async function pick(page, which, file) {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, which).click()]);
    await chooser.setFiles(file);
    await says(page, path.basename(file));
    await settle(page, 100);
}

// What the program shows of a comparison, in the words of the command line.
const shown = (rows) => rows.slice(1).map(([kind, event, before, after, frames]) => {
    const range = (text) => (text === '\u2013' ? null : text.replace(' \u2013 ', '-'));
    return {kind, event: event.split(' ')[0], before: range(before), after: range(after), frames: Number(frames)};
});

test('a file that is no cut is told apart, and nothing is compared', async ({page}) => {
    await room(page, 'Changes');
    await press(page, /^Compare two cuts/);
    await accessible(page, 'two cuts to be chosen');
    await pick(page, kEarlier, path.join(root, 'deps.lock'));
    await pick(page, kLater, own('after.edl'));
    await says(page, kNoCut);
    assert.equal(await mirror(page).getByRole('table', {name: 'What changed in the cut'}).count(), 0);
});

test('a cut against itself: the same', async ({page}) => {
    const file = existsSync(real('screening_example.edl')) ? real('screening_example.edl') : own('before.edl');
    await pick(page, kEarlier, file);
    await pick(page, kLater, file);
    await says(page, 'The two cuts are the same.');
    assert.equal(await mirror(page).getByText(kNoCut).count(), 0, 'what was wrong before is gone');
});

test('real lists: each difference, as the command line finds it', async ({page}) => {
    const before = real('screening_example.edl'), after = real('gap_test.edl');
    if (!existsSync(before)) return console.log('note: the real lists are not here; the small ones of our own stand in for them');
    await pick(page, kEarlier, before);
    await pick(page, kLater, after);
    const rows = shown(await changes(page));  // what is in view of a long list
    assert.ok(rows.length >= 8, `${rows.length} rows`);
    assert.ok(rows.some((one) => one.kind === 'removed' && one.event === '001' && one.frames === 31), JSON.stringify(rows));
    const want = commandLine('cut-diff', before, after);
    if (!want) return;
    await says(page, new RegExp(`^Changes: ${want.changes.length}$`));
    assert.deepEqual(rows, want.changes.slice(0, rows.length));
    figure('differences of two real lists, as the command line has them', want.changes.length);
});

test('our own: trimmed, removed, added, and nothing for what only stands elsewhere', async ({page, state}) => {
    await pick(page, kEarlier, own('before.edl'));
    await pick(page, kLater, own('after.edl'));
    const rows = shown(await changes(page));
    assert.deepEqual(rows.map(({kind, event, frames}) => [kind, event, frames]),
        [['trimmed', '002', 10], ['removed', '004', 60], ['added', '006', 100]]);
    const want = commandLine('cut-diff', own('before.edl'), own('after.edl'));
    if (want) assert.deepEqual(rows, want.changes);
    await says(page, /^\d+ events only stand elsewhere in time/);
    await accessible(page, 'two cuts compared');
    state.work = (await table(page, 'The work it makes')).slice(1);
    assert.deepEqual(state.work.map(([discipline]) => discipline), ['Conform', 'VFX', 'Grade', 'Sound', 'Music', 'QC']);
    state.price = await money(page, 'Price');
    assert.equal(state.work.reduce((sum, line) => sum + pence(line[3]), 0), state.price, 'the lines add up, to the penny');
});

test('it becomes a change: its lines, its price, what it does to each promise', async ({page, state}) => {
    await press(page, 'Make it a change');
    await mirror(page).getByRole('heading', {name: /before\.edl to after\.edl: 3 changes/}).waitFor();
    const lines = (await table(page, 'What it costs, line by line')).slice(1);
    const figures = (all) => all.map((line) => line.slice(1, 4)).sort();
    assert.deepEqual(figures(lines), figures(state.work), 'the same roles, lengths, sums');
    assert.equal(await money(page, 'Price, ex VAT'), state.price);
    const promises = await table(page, 'What it does to each promise');
    assert.equal(row(promises, 'First cut to client').Moves, '0 days');
    assert.match(row(promises, 'Picture lock').Moves, /^\+\d days?$/);
    assert.match(row(promises, 'Delivery').Moves, /^\+\d days?$/);
    const contract = await money(page, 'Agreed fee') + await money(page, '1 agreed change');
    assert.equal(await money(page, 'Would be'), contract + state.price);
    await accessible(page, 'the change that a cut became');
    await room(page, 'Changes');
    await mirror(page).getByRole('row', {name: /The cut changed from before\.edl to after\.edl/}).waitFor();
});

test('nothing went wrong', ({watched}) => assert.deepEqual(watched.problems, []));

await runOnSample({viewport: {width: 1366, height: 1700}});
